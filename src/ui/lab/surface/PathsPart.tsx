import type { ReactNode } from 'react';
import type { Shape } from '../../../model/problem';
import { Button } from '../../app/Button';
import { useText } from '../../app/context';
import { useErrorText } from '../../app/useErrorText';
import { formatCount, formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { Chips } from '../../controls/Chips';
import { NumberRow } from '../../controls/NumberRow';
import { wholeScale, type NumberScale } from '../../controls/numberScale';
import buttons from '../../theme/buttons.module.css';
import { PanelPart } from '../Panel';
import { changeSurface, useSurfaceSettings, type Way } from './surfaceSettings';
import type { Paths, SurfacePath } from './usePaths';
import lab from '../lab.module.css';
import styles from './surface.module.css';

const UPDATES = wholeScale({ least: 1, most: 2000 });
/** Numbers h_t of a pass up to which every update's pass may be read back in full */
const MOST_STATES = 500_000;
const CLIP: NumberScale = { least: 1e-6, most: 1e6, step: 0.1, whole: false, logarithmic: false };

/** Two ways from one point: with the gradient's norm clipped, and without. */
export function PathsPart(props: {
  readonly paths: Paths;
  readonly problem: Shape;
  readonly lr: number;
  /** Whether they start at a picked point, not at the present weights */
  readonly fromPicked: boolean;
  /** Whether the map, from which they set out, is that of the present network */
  readonly isCurrent: boolean;
  /** Whether the ways that are there lie on that map */
  readonly belong: boolean;
  readonly onRun: (way: Way) => void;
}): ReactNode {
  const { paths, problem, lr, fromPicked, isCurrent, belong, onRun } = props;
  const text = useText();
  const errorText = useErrorText();
  const settings = useSurfaceSettings();
  const { updates, clipNorm } = settings;
  const isSmall = problem.T * problem.B * problem.H <= MOST_STATES;
  const way = isSmall ? settings.way : 'all';
  return (
    <PanelPart title={text('surface.ways')}>
      <p className={lab.note}>
        <MathText text={text(way === 'plane' ? 'surface.wayPlaneAbout' : 'surface.wayAllAbout')} />
      </p>
      <Chips
        label={text('surface.way')}
        columns={2}
        value={way}
        onChoose={(chosen) => changeSurface({ way: chosen })}
        chips={[
          {
            value: 'plane',
            label: text('surface.wayPlane'),
            refusal: isSmall ? null : text('surface.wayPlaneTooLarge'),
          },
          { value: 'all', label: text('surface.wayAll') },
        ]}
      />
      <div>
        <NumberRow
          name={text('surface.updates')}
          value={updates}
          scale={UPDATES}
          onChange={(value) => changeSurface({ updates: value })}
        />
        <NumberRow
          name={text('surface.clipAt')}
          value={clipNorm}
          scale={CLIP}
          onChange={(value) => changeSurface({ clipNorm: value })}
        />
      </div>
      <p className={styles.buttons}>
        <Button
          className={buttons.primary}
          unavailable={paths.isRunning || !isCurrent}
          onClick={() => onRun(way)}
        >
          {text(fromPicked ? 'surface.runPicked' : 'surface.run')}
        </Button>
        {(paths.paths.length > 0 || paths.isRunning) && (
          <button type="button" className={buttons.button} onClick={paths.clear}>
            {text(paths.isRunning ? 'lab.cancel' : 'surface.clear')}
          </button>
        )}
        <span className={lab.note}>{text('surface.rate', { lr: formatNumber(lr, 3) })}</span>
      </p>
      {paths.isRunning && <p role="status">{text('lab.computing')}</p>}
      {paths.error !== null && <p className={lab.failure}>{errorText(paths.error.code)}</p>}
      {belong && paths.way === way && paths.paths.length > 0 && (
        <PathTable paths={paths.paths} way={paths.way} />
      )}
    </PanelPart>
  );
}

function PathTable(props: {
  readonly paths: readonly SurfacePath[];
  readonly way: Paths['way'];
}): ReactNode {
  const { paths, way } = props;
  const text = useText();
  return (
    <div className={`${lab.scroll} ${styles.ways}`}>
      <table className={lab.table}>
        <thead>
          <tr>
            <th />
            {paths.map(({ kind }) => (
              <th key={kind} scope="col">
                {text(`surface.path.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row
            name={text('surface.firstLoss')}
            paths={paths}
            cell={({ losses }) => number(losses[0])}
          />
          <Row
            name={text('surface.lastLoss')}
            paths={paths}
            cell={({ losses }) => number(losses[losses.length - 1])}
          />
          <Row
            name={text('surface.steepest')}
            paths={paths}
            cell={({ steepest }) => number(steepest)}
          />
          <Row
            name={text('surface.longest')}
            paths={paths}
            cell={(path) => number(longestStep(path))}
          />
          {way === 'all' && (
            <Row name={text('surface.off')} paths={paths} cell={({ off }) => number(off)} />
          )}
          <Row
            name={text('surface.ended')}
            paths={paths}
            cell={({ losses, stopped }) =>
              stopped
                ? text('surface.overflowAfter', { updates: formatCount(losses.length - 1) })
                : text('surface.done')
            }
          />
        </tbody>
      </table>
    </div>
  );
}

const number = (value: number | undefined) => formatNumber(value ?? NaN, 3);

/** The largest move of one update, in the map's own numbers */
function longestStep({ points }: SurfacePath): number {
  return points.reduce((most, { x, y }, k) => {
    const before = points[k - 1];
    return before ? Math.max(most, Math.hypot(x - before.x, y - before.y)) : most;
  }, 0);
}

function Row(props: {
  readonly name: string;
  readonly paths: readonly SurfacePath[];
  readonly cell: (path: SurfacePath) => string;
}): ReactNode {
  return (
    <tr>
      <th scope="row">
        <MathText text={props.name} />
      </th>
      {props.paths.map((path) => (
        <td key={path.kind}>{props.cell(path)}</td>
      ))}
    </tr>
  );
}
