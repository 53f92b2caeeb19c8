// Recomputes every draw of a term in the visitor's own browser. The way is
// told at the top of verify.py; this is written anew from it, and nothing
// is asked of the server. SHA-256 by hand: a browser has its own only where
// the page came by HTTPS.

const FORMAT = "duty-roster-draw/1";
const FIRST = "0".repeat(64);
const WAYS = ["on_site", "video", "phone"];
const ON_SITE = minutes(510, 1200);
const NIGHT = minutes(1320, 1795);
const BY_DAY = [...minutes(480, 1315), ...minutes(1800, 1915)];
const FILE = ["draws", "format", "frames", "key", "key_hash"];
const FRAME = ["frame", "hash"];
const RECORD = [
  "before", "day", "drawn_at", "frame", "hash", "number", "places", "reason",
  "state", "value",
];

const PLACE = ["inspectors", "minute", "missing", "recused", "unit", "way"];

const encoder = new TextEncoder();

function minutes(first, last) {
  const found = [];
  for (let minute = first; minute <= last; minute += 5) found.push(minute);
  return found;
}

// SHA-256 as FIPS 180-4 has it: the first bits of the cube and square
// roots of the first primes.

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) {
  if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
}
const K = PRIMES.map((prime) => root(prime, 3n));
const START = PRIMES.slice(0, 8).map((prime) => root(prime, 2n));

function root(prime, power) {
  // The largest x with x ** power <= prime * 2 ** (32 * power).
  const bound = BigInt(prime) << (32n * power);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= bound) low = middle;
    else high = middle;
  }
  return Number(BigInt.asUintN(32, low)) | 0;
}

function sha256(message) {
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, (message.length << 3) >>> 0);

  const hash = Int32Array.from(START);
  for (let at = 0; at < padded.length; at += 64) mix(hash, view, at);
  const digest = new Uint8Array(32);
  const words = new DataView(digest.buffer);
  hash.forEach((word, n) => words.setInt32(4 * n, word));
  return digest;
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));
const w = new Int32Array(64);

function mix(hash, view, at) {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [x, y] = [w[t - 15], w[t - 2]];
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => (hash[n] += word));
}

function hmac(key, message) {
  const padded = new Uint8Array(64);
  padded.set(key);
  const inner = sha256(join(padded.map((byte) => byte ^ 0x36), message));
  return sha256(join(padded.map((byte) => byte ^ 0x5c), inner));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const hex = (bytes) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => encoder.encode(text);

/** JSON with sorted keys and without blanks. */
export function canonical(thing) {
  if (Array.isArray(thing)) return `[${thing.map(canonical).join(",")}]`;
  if (thing === null || typeof thing !== "object") return JSON.stringify(thing);
  const parts = Object.keys(thing)
    .sort(byCode)
    .map((name) => `${JSON.stringify(name)}:${canonical(thing[name])}`);
  return `{${parts.join(",")}}`;
}

const digest = (thing) => hex(sha256(bytes(canonical(thing))));
const lot = (seed, ...words) => sha256(join(seed, bytes(words.join("\0"))));
const below = (ticket, bound) =>
  ticket.reduce((rest, byte) => (rest * 256 + byte) % bound, 0);

// Text is compared letter by letter, as numbers; not by any language.
function byCode(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let n = 0; n < Math.min(a.length, b.length); n++) {
    const gap = a[n].codePointAt(0) - b[n].codePointAt(0);
    if (gap) return gap;
  }
  return a.length - b.length;
}

function sortedBy(things, key) {
  const keyed = things.map((thing) => [key(thing), thing]);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return keyed.map(([, thing]) => thing);
}

/** The day on which each unit is sure to come. */
export function visitDays(key, frame) {
  const ticket = (unit) => hex(sha256(join(key, bytes("visit"), bytes(unit))));
  const days = frame.days;
  const found = new Map();
  if (!days.length) return found;
  sortedBy(frame.owed, ticket).forEach((unit, n) => {
    found.set(unit, days[n % days.length]);
  });
  return found;
}

/** The places of a day: unit, way, minute, all who may go, how many. */
export function draw(key, frame, number, day, value) {
  const message = `${number}\n${digest(frame)}\n${value}`;
  const seed = hmac(key, bytes(message));
  const visits = visitDays(key, frame);
  const units = sortedBy(
    frame.units.map(([unit]) => unit),
    (unit) => hex(lot(seed, unit)),
  );
  const due = units.filter((unit) => visits.get(unit) === day);
  const rest = units.filter((unit) => visits.get(unit) !== day);
  const load = new Map();
  return [...due, ...rest.slice(0, Math.max(0, frame.places - due.length))].map(
    (unit) => place(seed, frame, day, unit, load),
  );
}

function place(seed, frame, day, unit, load) {
  const [way, minute] = wayAndMinute(seed, frame, unit);
  const rank = (label) => {
    const held = String(load.get(label) ?? 0).padStart(9, "0");
    return held + hex(lot(seed, "inspector", unit, label));
  };
  const order = sortedBy(able(frame, day, unit, way, minute), rank);
  const need = frame.need[way === "on_site" ? "on_site" : "remote"];
  for (const label of order.slice(0, need)) {
    load.set(label, (load.get(label) ?? 0) + 1);
  }
  return { unit, way, minute, order, need };
}

function wayAndMinute(seed, frame, unit) {
  const drawn = below(lot(seed, "way", unit), 100);
  let end = 0;
  const way = WAYS.find((one) => drawn < (end += frame.ways[one])) ?? WAYS[2];
  let hours = BY_DAY;
  if (way === "on_site") hours = ON_SITE;
  else if (below(lot(seed, "night", unit), 100) < frame.night) hours = NIGHT;
  return [way, hours[below(lot(seed, "minute", unit), hours.length)]];
}

function able(frame, day, unit, way, minute) {
  const there =
    way === "on_site"
      ? Object.keys(frame.pool).filter((one) => frame.pool[one].includes(day))
      : (frame.duty[day] ?? [])
          .filter(([, start, end]) => start <= minute && minute < end)
          .map(([label]) => label);
  return [...new Set(there)].filter(
    (one) => !(frame.recused[one] ?? []).includes(unit),
  );
}

function published({ unit, way, minute, order, need }, recused) {
  const inspectors = order
    .filter((one) => !recused.includes(one))
    .slice(0, need);
  return {
    unit,
    way,
    minute,
    inspectors,
    missing: need - inspectors.length,
    recused: [...recused].sort(byCode),
  };
}

// A clock's time on the evening before a day, as a stamp.
function evening(day, clock) {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new TypeError("not a day");
  const noon = new Date(`${day}T12:00:00Z`);
  if (noon.toISOString().slice(0, 10) !== day) throw new TypeError("no day");
  noon.setUTCDate(noon.getUTCDate() - 1);
  return `${noon.toISOString().slice(0, 10)}T${clock}:00`;
}

const inForce = (frames, day) =>
  frames.findLast((one) => one.committed_at < evening(day, one.value.at));

const isObject = (thing) =>
  thing !== null && typeof thing === "object" && !Array.isArray(thing);
const has = (thing, names) =>
  isObject(thing) && Object.keys(thing).sort().join() === names.join();

/** Every fault of a term's file, as [where, what]; none if it holds. */
export function verify(content, keyHash = null, frameHash = null) {
  let text;
  let document;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    text = decoder.decode(content);
  } catch {
    return [["file", "not-utf8"]];
  }
  try {
    document = JSON.parse(text);
  } catch {
    return [["file", "not-json"]];
  }
  if (!has(document, FILE)) return [["file", "fields"]];
  if (!Array.isArray(document.frames)) return [["file", "fields"]];
  if (!Array.isArray(document.draws)) return [["file", "fields"]];

  const faults = [];
  if (`${canonical(document)}\n` !== text) faults.push(["file", "form"]);
  if (document.format !== FORMAT) faults.push(["file", "format"]);
  const key = readKey(document, keyHash, faults);
  const frames = readFrames(document.frames, frameHash, faults);
  checkDraws(document.draws, key, frames, faults);
  return faults;
}

function readKey({ key, key_hash: stated }, keyHash, faults) {
  if (keyHash !== null && stated !== keyHash) faults.push(["key", "stamped"]);
  if (typeof key === "string" && /^[0-9a-f]{64}$/.test(key)) {
    const found = Uint8Array.from(key.match(/../g), (two) => parseInt(two, 16));
    if (hex(sha256(found)) === stated) return found;
  }
  faults.push(["key", "key"]);
  return null;
}

function readFrames(entries, frameHash, faults) {
  let stamp = "";
  return entries.map((entry, n) => {
    const where = `frame ${n + 1}`;
    const fault = (what) => {
      faults.push([where, what]);
      return null;
    };
    if (!has(entry, FRAME)) return fault("fields");
    if (digest(entry.frame) !== entry.hash) return fault("hash");
    if (!n && frameHash !== null && entry.hash !== frameHash) {
      return fault("stamped");
    }
    const { version, committed_at: at } = entry.frame ?? {};
    if (version === undefined || typeof at !== "string") return fault("fields");
    if (version !== n + 1 || at <= stamp) fault("version");
    stamp = at;
    return entry.frame;
  });
}

function checkDraws(records, key, frames, faults) {
  let before = FIRST;
  let named = false;
  const live = new Set();
  records.forEach((record, n) => {
    const fault = (what) => {
      faults.push([`draw ${n + 1}`, what]);
      named = true;
    };
    if (!has(record, RECORD)) {
      fault("fields");
      before = isObject(record) ? record.hash : null;
      return;
    }
    const { hash, ...bare } = record;
    if (digest(bare) !== hash) fault("hash");
    if (record.before !== before) fault("before");
    before = hash;
    if (record.number !== n + 1) fault("number");
    let what;
    try {
      what = checkDraw(record, n + 1, key, frames, live);
    } catch {
      what = "fields";
    }
    if (what) fault(what);
  });
  if (!frames.includes(null) && !named) {
    faults.push(...missingDays(records, frames));
  }
}

function checkDraw(record, number, key, frames, live) {
  const { day, state } = record;
  if (state !== "drawn" && state !== "cancelled") return "state";
  if (state === "drawn") {
    if (live.has(day)) return "twice";
    live.add(day);
  }
  // Nothing can be computed then; that has been named.
  if (key === null || frames.includes(null)) return null;

  const frame = inForce(frames, day);
  if (frame === undefined || frame.version !== record.frame) return "frame";
  if (!frame.days.includes(day)) return "day";
  if (record.drawn_at < evening(day, frame.value.at)) return "early";

  if (!record.places.every((one) => has(one, PLACE))) return "fields";
  const late = new Map(record.places.map((one) => [one.unit, one.recused]));
  let again = draw(key, frame, number, day, record.value).map((one) =>
    published(one, late.get(one.unit) ?? []),
  );
  // Of a cancelled draw only what was sent out before.
  if (state === "cancelled") again = again.filter((one) => late.has(one.unit));
  again.sort((a, b) => a.minute - b.minute || byCode(a.unit, b.unit));
  return canonical(record.places) === canonical(again) ? null : "places";
}

function missingDays(records, frames) {
  const drawn = new Set(records.map((record) => record.day));
  const due = new Set(frames.flatMap((frame) => frame.days));
  return [...due]
    .filter((day) => !drawn.has(day))
    .sort()
    .filter((day) => inForce(frames, day)?.days.includes(day))
    .map((day) => [`day ${day}`, "missing"]);
}

/** What a file that holds has in it. */
export function counts(content) {
  const { frames, draws } = JSON.parse(new TextDecoder().decode(content));
  const live = draws.filter((one) => one.state === "drawn");
  const seen = new Set(live.flatMap((one) => one.places.map((p) => p.unit)));
  const units = frames.length ? frames.at(-1).frame.units : [];
  return {
    draws: draws.length,
    cancelled: draws.length - live.length,
    empty: live.filter((one) => one.value === "").length,
    units: units.length,
    covered: units.filter(([unit]) => seen.has(unit)).length,
  };
}
