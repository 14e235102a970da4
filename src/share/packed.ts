import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** Most bytes that packed data may have when unpacked. */
const INFLATED_LIMIT = 4 * 1024 * 1024;

/** Deflate expands at most about 1000 times: no single step can pass the limit by more than this. */
const CHUNK = 8192;

/** JSON text as `<bytes>.<base64url of its deflate>`, or null when it is over the limit. */
export function pack(json: string): string | null {
  const bytes = strToU8(json);
  if (bytes.length > INFLATED_LIMIT) return null;
  return `${bytes.length}.${toBase64Url(deflateSync(bytes, { level: 9 }))}`;
}

export type Unpacked =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Inverse of pack; the size is checked before inflation and again during it. Never throws. */
export function unpack(text: string): Unpacked {
  const failed = (message: string): Unpacked => ({ ok: false, message });
  const match = /^(\d{1,9})\.([A-Za-z0-9_-]*)$/.exec(text);
  if (match === null) return failed('z is damaged: it is a length, a dot and base64url text.');
  const declared = Number(match[1]);
  if (declared > INFLATED_LIMIT) {
    return failed(`z would unpack to ${declared} bytes; at most ${INFLATED_LIMIT} are accepted.`);
  }
  const bytes = inflate(fromBase64Url(match[2]!), declared);
  if (bytes === null) return failed('z is damaged: it does not unpack to the length it names.');
  if (!isModest(bytes)) return failed('z is damaged: it is nested too deep or has too many keys.');
  try {
    return { ok: true, value: JSON.parse(strFromU8(bytes)) };
  } catch {
    // fflate and JSON.parse say what they met in the bytes; people need only know it is damaged.
    return failed('z is damaged: what it unpacks to is not JSON.');
  }
}

/** The inflated bytes when there are exactly `size` of them, else null. */
function inflate(deflated: Uint8Array | null, size: number): Uint8Array | null {
  if (deflated === null) return null;
  const out = new Uint8Array(size);
  let written = 0;
  let ended = false;
  const stream = new Inflate((part, final) => {
    if (written + part.length <= size) out.set(part, written);
    written += part.length;
    ended = final;
  });
  try {
    for (let at = 0; at < deflated.length && written <= size; at += CHUNK) {
      stream.push(deflated.subarray(at, at + CHUNK), at + CHUNK >= deflated.length);
    }
  } catch {
    return null; // fflate throws on bytes that are no deflate stream: damaged, as the caller says.
  }
  return ended && written === size ? out : null;
}

const MOST_DEPTH = 8;
/** The link's own run and four pins, each with edits and arrays of its own, have fewer. */
const MOST_KEYS = 256;
const CODES = { quote: 0x22, backslash: 0x5c, colon: 0x3a, brackets: [0x5b, 0x7b, 0x5d, 0x7d] };

/**
 * Whether JSON text has the depth and the number of keys that pack's could have. JSON.parse takes
 * seconds for megabytes of brackets or of different keys; this pass takes milliseconds.
 */
function isModest(json: Uint8Array): boolean {
  const [openList, openObject, closeList, closeObject] = CODES.brackets;
  let depth = 0;
  let keys = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const code = json[i]!;
    if (code === CODES.quote) inText = !inText;
    else if (inText) {
      if (code === CODES.backslash) i++;
    } else if (code === openList || code === openObject) {
      if (++depth > MOST_DEPTH) return false;
    } else if (code === closeList || code === closeObject) depth--;
    else if (code === CODES.colon && ++keys > MOST_KEYS) return false;
  }
  return true;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null; // no number of whole bytes
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
