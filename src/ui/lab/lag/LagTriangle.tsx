import { useCallback, useId, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { SquareCanvas, SquareMap } from '../../charts/SquareMap';
import { packRgba, sequential } from '../../theme/colors';
import { useTheme } from '../../theme/useTheme';
import { cellAt, movedCell, type LagCell, type LagMap } from './lagCells';
import { LagCross, LagFrame, LagGround } from './LagOverlay';
import { lagPixels } from './lagPixels';

/** For the axes, CSS pixels */
const ROOM = { left: 40, bottom: 22, right: 4 };

export interface LagRange {
  /** log2 of the least and the greatest norm that is drawn */
  readonly low: number;
  readonly high: number;
}

interface LagTriangleProps {
  readonly map: LagMap;
  /** Null: nothing but exact zeros */
  readonly range: LagRange | null;
  readonly cell: LagCell;
  /** By the pointer or by keys; the cell shown at rest has no crosshair. */
  readonly isMoved: boolean;
  readonly pinned: LagCell | null;
  /** What the cell says, for screen readers */
  readonly reading: string;
  /** Null when the pointer has left */
  readonly onMove: (cell: LagCell | null) => void;
  readonly onPin: (cell: LagCell | null) => void;
}

/** Rows are losses, columns the steps they reach. */
export function LagTriangle(props: LagTriangleProps): ReactNode {
  const { map, range, cell, isMoved, pinned, reading, onMove, onPin } = props;
  const { T } = map;
  const text = useText();
  const id = useId();
  const onKey = (key: string, isShifted: boolean) => {
    const moved = movedCell(cell, key, isShifted ? 10 : 1, T);
    if (moved !== null) onMove(moved);
    else if (key === 'Enter' || key === ' ') onPin(cell);
    else if (key === 'Escape' && pinned !== null) onPin(null);
    else return false;
    return true;
  };
  return (
    <SquareMap
      {...{ reading, onMove, onKey }}
      room={ROOM}
      label={text('lag.mapLabel')}
      value={{ least: 1, most: cell.s, now: cell.k }}
      at={cell}
      placeAt={(x, y) => cellAt(x, y, T)}
      onPick={onPin}
      frame={(size) => <LagFrame map={map} size={size} left={ROOM.left} bottom={ROOM.bottom} />}
    >
      {(size) => (
        <>
          <LagGround map={map} size={size} id={id} />
          <LagCanvas log2Norm={map.log2Norm} T={T} range={range} size={size} />
          <LagCross {...{ T, size, cell, isMoved, pinned }} cuts={map.cuts} />
        </>
      )}
    </SquareMap>
  );
}

/** The norms; where there is none, the ground shows. */
function LagCanvas(props: {
  readonly log2Norm: Float64Array;
  readonly T: number;
  readonly range: LagRange | null;
  readonly size: number;
}): ReactNode {
  const { log2Norm, T, range, size } = props;
  const theme = useTheme();
  const paint = useCallback(
    (words: Uint32Array, pixels: number) => {
      if (range === null) return;
      const span = range.high - range.low;
      lagPixels(log2Norm, T, pixels).forEach((v, i) => {
        if (!Number.isFinite(v)) return;
        words[i] = packRgba(sequential(span > 0 ? (v - range.low) / span : 1, theme));
      });
    },
    [log2Norm, T, range, theme],
  );
  return <SquareCanvas size={size} paint={paint} />;
}
