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
  readonly eigenvalues: readonly Complex[];
  readonly radius: number;
  readonly pending: boolean;
  /** The eigenvalue in hand, pointed at or chosen by keys */
  readonly chosen: Complex | null;
  readonly blocked: Blocked | null;
  readonly take: EigenvalueEditor['take'];
  readonly prepare: () => void;
  readonly point: (at: number | null) => void;
  readonly focus: () => void;
  readonly leave: () => void;
}

/** What the plot shows: measured eigenvalues, or while they are on their way those asked for. */
export function useEigenvalueEditor(array: WeightArray, isHeld: boolean): EigenvalueEditing {
  const store = useAppStore();
  const change = useChange();
  const { spectrum, pending } = useSpectrum(array);
  const [moved, setMoved] = useState<MovedView | null>(null);
  const [pointed, setPointed] = useState<Complex | null>(null);
  const [editor] = useState(() =>
    createEigenvalueEditor({
      getConfiguration: () => store.getState().configuration,
      change,
      getTurning: turningOf,
      onMoved: (view) => {
        setMoved(view);
        setPointed(view.chosen);
      },
    }),
  );

  const isMine = moved?.array === array;
  const measured = spectrum?.eigenvalues ?? [];
  const eigenvalues = isMine && (pending || isHeld) ? moved.eigenvalues : measured;
  const nearest =
    pointed === null
      ? null
      : nearestHandle(
          eigenvalues,
          eigenvalues.map((_, i) => i),
          pointed,
        );
  return {
    eigenvalues,
    radius: eigenvalues.reduce((most, value) => Math.max(most, Math.hypot(...value)), 0),
    pending,
    chosen: nearest === null ? null : eigenvalues[nearest]!,
    blocked: isMine ? moved.blocked : null,
    take: editor.take,
    prepare: editor.prepare,
    point: (at) => setPointed(at === null ? null : eigenvalues[at]!),
    focus: () => {
      editor.prepare();
      setPointed((before) => before ?? eigenvalues[0] ?? null);
    },
    leave: () => setPointed(null),
  };
}
