import { stepWidth, type TimeScale } from '../charts/timeScale';

/** Two fingers on the axis, CSS pixels from its left edge. */
export interface Fingers {
  readonly spread: number;
  readonly centre: number;
}

/** Nearer fingers would make a factor of every trembling. */
const LEAST_SPREAD = 10;
/** Smaller changes would round to nothing on a small window; they add up instead. */
const LEAST_FACTOR = 1.05;

export function fingersAt(a: number, b: number): Fingers {
  return { spread: Math.max(LEAST_SPREAD, Math.abs(a - b)), centre: (a + b) / 2 };
}

export interface Pinch {
  /** Steps to go to later ones, whole */
  readonly pan: number;
  /** 1: none */
  readonly zoom: number;
  /** What of the movement has been used up: the next one is measured from here. */
  readonly from: Fingers;
}

/** The window goes with the centre of the fingers and is stretched with what is between them. */
export function pinched(from: Fingers, to: Fingers, scale: TimeScale): Pinch {
  const width = stepWidth(scale);
  const pan = Math.trunc((from.centre - to.centre) / width) + 0; // + 0: no negative zero
  const factor = to.spread / from.spread;
  const isEnough = factor >= LEAST_FACTOR || factor <= 1 / LEAST_FACTOR;
  return {
    pan,
    zoom: isEnough ? factor : 1,
    from: {
      spread: isEnough ? to.spread : from.spread,
      centre: from.centre - pan * width,
    },
  };
}
