import { useCallback, useId, useMemo, type ReactNode } from 'react';
import type { SurfaceGrid } from '../../../model/surface';
import { useText } from '../../app/context';
import { Hatchings, SquareCanvas, SquareMap } from '../../charts/SquareMap';
import square from '../../charts/SquareMap.module.css';
import { packRgba, sequential } from '../../theme/colors';
import { useTheme } from '../../theme/useTheme';
import {
  movedPlace,
  placeAt,
  surfaceShades,
  UNITS,
  type LossRange,
  type Place,
} from './surfaceGeometry';
import { SurfaceFrame, SurfaceLines, SurfaceMarks, type MapPath } from './SurfaceOverlay';
import type { DrawnSurface } from './useSurface';

/** For the axes, CSS pixels */
const ROOM = { left: 60, bottom: 38, right: 6 };
/** Lines of the grid that a key with Shift passes */
const LEAP = 8;

interface SurfaceMapProps {
  readonly drawn: DrawnSurface;
  readonly range: LossRange | null;
  /** What is read; by the pointer or by keys while `isMoved` */
  readonly place: Place;
  readonly isMoved: boolean;
  readonly picked: Place | null;
  readonly paths: readonly MapPath[];
  /** What the place says, for screen readers */
  readonly reading: string;
  /** Null when the pointer has left */
  readonly onMove: (place: Place | null) => void;
  readonly onPick: (place: Place | null) => void;
  readonly onUse: (place: Place) => void;
  readonly onZoom: (isIn: boolean) => void;
}

/** The loss as a map; pointer and keys read it, a click picks a point, Enter uses its weights. */
export function SurfaceMap(props: SurfaceMapProps): ReactNode {
  const { drawn, range, place, isMoved, picked, paths, reading, onMove, onPick, onUse, onZoom } =
    props;
  const { grid, axes } = drawn;
  const text = useText();
  const id = useId();
  const overflows = useMemo(() => grid.losses.includes(Infinity), [grid]);
  const onKey = (key: string, isShifted: boolean) => {
    const moved = movedPlace(place, key, isShifted ? LEAP : 1, grid.size);
    if (moved !== null) onMove(moved);
    else if (key === ' ') onPick(place);
    else if (key === 'Enter') onUse(place);
    else if (key === '+' || key === '-') onZoom(key === '+');
    else if (key === 'Escape' && picked !== null) onPick(null);
    else return false;
    return true;
  };
  return (
    <SquareMap
      {...{ reading, onMove, onPick, onKey }}
      room={ROOM}
      label={text('surface.mapLabel')}
      value={{ least: 0, most: UNITS, now: place.i }}
      at={place}
      placeAt={(x, y) => placeAt(x, y, grid.size)}
      frame={(size) => (
        <SurfaceFrame axes={axes} size={size} left={ROOM.left} bottom={ROOM.bottom} />
      )}
    >
      {(size) => (
        <>
          {overflows && (
            <svg className={square.layer} aria-hidden="true">
              <Hatchings id={id} />
              <rect width="100%" height="100%" fill={`url(#${id}overflow)`} />
            </svg>
          )}
          <SurfaceCanvas grid={grid} range={range} size={size} />
          {range !== null && <SurfaceLines grid={grid} range={range} size={size} />}
          <SurfaceMarks
            {...{ axes, size, paths, picked }}
            place={isMoved ? place : null}
            hereLabel={text('surface.here')}
          />
        </>
      )}
    </SquareMap>
  );
}

/** The losses; where the pass overflows, the ground shows. */
function SurfaceCanvas(props: {
  readonly grid: SurfaceGrid;
  readonly range: LossRange | null;
  readonly size: number;
}): ReactNode {
  const { grid, range, size } = props;
  const theme = useTheme();
  const paint = useCallback(
    (words: Uint32Array, pixels: number) =>
      surfaceShades(grid, range ?? { low: 0, high: 0 }, pixels).forEach((shade, i) => {
        if (!Number.isNaN(shade)) words[i] = packRgba(sequential(shade, theme));
      }),
    [grid, range, theme],
  );
  return <SquareCanvas size={size} paint={paint} />;
}
