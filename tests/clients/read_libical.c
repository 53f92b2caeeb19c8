/* Reads a feed with libical, checks every restriction, tells its events:
   fields end in 0x1f, events in 0x1e. What libical objects to is an error. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) exit(2);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    if (fread(text, 1, size, file) != (size_t)size) exit(2);
    fclose(file);
    return text;
}

static void tell_time(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *found = icalcomponent_get_first_property(event, kind);
    struct icaltimetype t = kind == ICAL_DTSTART_PROPERTY
        ? icalcomponent_get_dtstart(event)
        : icalcomponent_get_dtend(event);
    if (!found || icaltime_is_null_time(t)) exit(3);
    if (t.is_date) {
        printf("%04d-%02d-%02d\x1f", t.year, t.month, t.day);
        return;
    }
    if (!t.zone) exit(4); /* floating */
    t = icaltime_convert_to_zone(t, icaltimezone_get_utc_timezone());
    printf("%04d-%02d-%02dT%02d:%02d\x1f",
           t.year, t.month, t.day, t.hour, t.minute);
}

static void tell(const char *text) { printf("%s\x1f", text ? text : ""); }

int main(int count, char **words)
{
    if (count != 2) return 2;
    icalcomponent *calendar = icalparser_parse_string(whole(words[1]));
    if (!calendar) return 5;
    icalrestriction_check(calendar);
    if (icalcomponent_count_errors(calendar)) {
        fputs(icalcomponent_as_ical_string(calendar), stderr);
        return 6;
    }
    for (icalcomponent *event = icalcomponent_get_first_component(
             calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(
                    calendar, ICAL_VEVENT_COMPONENT)) {
        tell(icalcomponent_get_uid(event));
        tell_time(event, ICAL_DTSTART_PROPERTY);
        tell_time(event, ICAL_DTEND_PROPERTY);
        tell(icalcomponent_get_summary(event));
        tell(icalcomponent_get_location(event));
        tell(icalcomponent_get_description(event));
        printf("%s\x1e", icalproperty_status_to_string(
                             icalcomponent_get_status(event)));
    }
    return 0;
}
