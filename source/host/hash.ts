// A keyed hash for everything a host must not let strangers guess: initial sequence numbers, ports, cookies.
// It is deterministic for a seed; secrecy within a simulation is not the point, spread is.

/** 32 bits from a key and any numbers and texts (FNV-1a over their parts, finished with the avalanche of MurmurHash3). */
export function hash(key: number, ...parts: readonly (number | string)[]): number {
  let h = (0x811c9dc5 ^ key) >>> 0;
  for (const part of parts) {
    if (typeof part === 'number') h = mix(h, part);
    else for (let index = 0; index < part.length; index++) h = mix(h, part.charCodeAt(index));
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

function mix(h: number, value: number): number {
  let mixed = h;
  for (let shift = 0; shift < 32; shift += 8) mixed = Math.imul(mixed ^ ((value >>> shift) & 0xff), 0x01000193);
  return mixed;
}
