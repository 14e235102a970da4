/** `order` with `track` at `place` (0 = topmost), the others closing up. */
export function movedTo<T>(order: readonly T[], track: T, place: number): T[] {
  const rest = order.filter((other) => other !== track);
  const at = Math.min(rest.length, Math.max(0, place));
  return [...rest.slice(0, at), track, ...rest.slice(at)];
}

/**
 * The place of a dragged track: after every other whose middle lies above the pointer. A track that
 * is passed moves away from the pointer, so nothing flips back and forth.
 */
export function placeAt(middles: readonly number[], y: number): number {
  return middles.filter((middle) => middle < y).length;
}
