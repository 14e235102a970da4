/** A point of the complex plane. */
export type Complex = readonly [re: number, im: number];
