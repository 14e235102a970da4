import { useState } from 'react';
import type { Complex } from '../../analysis/complex';
import { scalingRefusal } from '../../analysis/scaling';
import type { Spectrum } from '../../analysis/spectrum';
import { LARGEST_TURNED, type Turning } from '../../analysis/turning';
import { useAppStore } from '../app/context';
import { useChange } from '../controls/gesture';
import { createEigenvalueEditor, type EigenvalueEditor, type MovedView } from './eigenvalueEditor';
import type { Blocked } from './eigenvalueGrip';
import { nearestHandle } from './eigenvalueKeys';
import { spectrumLane, turningLane } from './spectrumClient';
import { useSpectrum } from './useSpectrum';
import type { WeightArray } from './weightArrays';

/** Of a matrix too large to turn; everything it needs is in its spectrum. */
function scalingOnly(spectrum: Spectrum): Turning {
  const isStill = scalingRefusal(spectrum, 'spectralRadius') !== null;
  return { eigenvalues: spectrum.eigenvalues, parts: null, refusal: isStill ? 'zero' : 'large' };
}

async function requestScalingOnly({ values, rows }: WeightArray): Promise<Turning | null> {
  const spectrum = await spectrumLane.request(values, rows);
  return spectrum === null ? null : scalingOnly(spectrum);
}

function turningOf(array: WeightArray): Turning | Promise<Turning | null> {
  const { values, rows } = array;
  if (rows <= LARGEST_TURNED) return turningLane.known(values) ?? turningLane.request(values, rows);
  const spectrum = spectrumLane.known(values);
  return spectrum === undefined ? requestScalingOnly(array) : scalingOnly(spectrum);
}

export interface EigenvalueEditing {
  /** Measured, or while that is on its way those asked for; modulus descending when measured */
  readonly eigenvalues: readonly Complex[];
  readonly radius: number;
  /** σ_max(W_h) as last measured; null before the first time */
  readonly sigma: number | null;
  readonly pending: boolean;
  /** Index of the eigenvalue in hand, pointed at or chosen by keys */
  readonly at: number | null;
  readonly blocked: Blocked | null;
  readonly take: EigenvalueEditor['take'];
  readonly prepare: () => void;
  readonly point: (at: number | null) => void;
}

/** The eigenvalues of W_h to draw and to move; null for an array that is not there yet. */
export function useEigenvalueEditor(array: WeightArray | null): EigenvalueEditing {
  const store = useAppStore();
  const change = useChange();
  const { spectrum, pending } = useSpectrum(array);
  const [moved, setMoved] = useState<MovedView | null>(null);
  const [pointed, setPointed] = useState<{ of: readonly Complex[]; at: number } | null>(null);
  const [editor] = useState(() =>
    createEigenvalueEditor({
      getConfiguration: () => store.getState().configuration,
      change,
      getTurning: turningOf,
      onMoved: (view) => {
        setMoved(view);
        setPointed({ of: view.eigenvalues, at: view.at });
      },
    }),
  );

  const mine = moved?.array === array ? moved : null;
  const eigenvalues = mine !== null && pending ? mine.eigenvalues : (spectrum?.eigenvalues ?? []);
  return {
    eigenvalues,
    radius: eigenvalues.reduce((most, value) => Math.max(most, Math.hypot(...value)), 0),
    sigma: spectrum?.largestSingularValue ?? null,
    pending,
    at: pointed === null ? null : indexIn(eigenvalues, pointed),
    blocked: mine?.blocked ?? null,
    take: editor.take,
    prepare: editor.prepare,
    point: (at) => setPointed(at === null ? null : { of: eigenvalues, at }),
  };
}

/** The same eigenvalue in a list that may be another one by now: the nearest. */
function indexIn(
  eigenvalues: readonly Complex[],
  { of, at }: { readonly of: readonly Complex[]; readonly at: number },
): number | null {
  if (of === eigenvalues) return at;
  const all = eigenvalues.map((_, i) => i);
  return nearestHandle(eigenvalues, all, of[at]!);
}
