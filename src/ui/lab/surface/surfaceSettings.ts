import { create } from 'zustand';
import type { WeightKey } from '../../../model/configuration';

/** What the map's axes can be. */
export const AXIS_KINDS = ['entry', 'gain', 'gradient', 'random'] as const;

export type AxisChoice =
  | {
      /** One weight */
      readonly kind: 'entry';
      readonly array: WeightKey;
      /** From 0 */
      readonly row: number;
      readonly column: number;
    }
  /** W_h as a whole */
  | { readonly kind: 'gain' }
  /** −∂L/∂θ, of length one */
  | { readonly kind: 'gradient' }
  | { readonly kind: 'random'; readonly seed: number };

export interface AxisSetting {
  readonly choice: AxisChoice;
  /** What the map covers, as the axis counts; null: around the present weights */
  readonly range: readonly [from: number, to: number] | null;
}

/** How the two ways are trained: a and b alone, or every weight, of which the map shows a shadow. */
export type Way = 'plane' | 'all';

export interface SurfaceSettings {
  /** training: the plane through the recorded run */
  readonly plane: 'axes' | 'training';
  readonly x: AxisSetting;
  readonly y: AxisSetting;
  readonly way: Way;
  readonly updates: number;
  /** Of the clipped way */
  readonly clipNorm: number;
}

const DEFAULT: SurfaceSettings = {
  plane: 'axes',
  x: { choice: { kind: 'entry', array: 'Wh', row: 0, column: 0 }, range: null },
  y: { choice: { kind: 'entry', array: 'b', row: 0, column: 0 }, range: null },
  way: 'plane',
  updates: 50,
  clipNorm: 1,
};

/** A way of looking, so no part of a link; survives a change of panels. */
export const useSurfaceSettings = create<SurfaceSettings>(() => DEFAULT);

export const changeSurface = (change: Partial<SurfaceSettings>): void =>
  useSurfaceSettings.setState(change);
