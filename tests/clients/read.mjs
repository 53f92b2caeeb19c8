// Reads feeds with ical.js and tells the events of each as JSON.
import { readFileSync } from "node:fs";

const [, , library, ...feeds] = process.argv;
const { default: ICAL } = await import(library);

const when = (time) => {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error("floating");
  return time.toJSDate().toISOString().slice(0, 16);
};

const told = (component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: when(event.startDate),
    end: when(event.endDate),
    summary: event.summary,
    location: event.location ?? "",
    description: event.description ?? "",
    status: component.getFirstPropertyValue("status"),
  };
};

const read = (feed) => {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(feed, "utf-8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map(told);
};

process.stdout.write(JSON.stringify(feeds.map(read)));
