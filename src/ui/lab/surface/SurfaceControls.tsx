import type { ReactNode } from 'react';
import { WEIGHT_KEYS, type WeightKey } from '../../../model/configuration';
import type { Problem } from '../../../model/problem';
import { useText } from '../../app/context';
import { Chips } from '../../controls/Chips';
import { NumberField } from '../../controls/NumberField';
import { wholeScale, type NumberScale } from '../../controls/numberScale';
import buttons from '../../theme/buttons.module.css';
import { arrayShape, type SurfaceAxes } from './surfaceAxes';
import {
  AXIS_KINDS,
  changeSurface,
  useSurfaceSettings,
  type AxisChoice,
  type AxisSetting,
} from './surfaceSettings';
import styles from './surface.module.css';

/** What the map's two axes are, and how far they reach. */
export function SurfaceControls(props: {
  readonly problem: Problem;
  /** Null while there is no plane */
  readonly axes: SurfaceAxes | null;
  /** Whether a run has been recorded whose plane can be shown */
  readonly hasRun: boolean;
}): ReactNode {
  const { problem, axes, hasRun } = props;
  const text = useText();
  const settings = useSurfaceSettings();
  return (
    <div className={styles.controls}>
      <Chips
        label={text('surface.plane')}
        columns={2}
        value={settings.plane}
        onChoose={(plane) => changeSurface({ plane })}
        chips={[
          { value: 'axes', label: text('surface.planeAxes') },
          {
            value: 'training',
            label: text('surface.planeRun'),
            refusal: hasRun ? null : text('surface.noRun'),
          },
        ]}
      />
      {settings.plane === 'axes' &&
        (['x', 'y'] as const).map((side) => (
          <AxisRow
            key={side}
            side={side}
            problem={problem}
            setting={settings[side]}
            shown={axes === null ? null : ([axes[side].from, axes[side].to] as const)}
          />
        ))}
    </div>
  );
}

/** A weight's or a direction's own scale: nothing that float32 could not hold with room to spare. */
const RANGE: NumberScale = { least: -1e6, most: 1e6, step: 0.1, whole: false, logarithmic: false };
const SEED = wholeScale({ least: 0, most: 2 ** 32 - 1 });

interface AxisRowProps {
  readonly side: 'x' | 'y';
  readonly problem: Problem;
  readonly setting: AxisSetting;
  /** The range that is drawn */
  readonly shown: readonly [number, number] | null;
}

function AxisRow({ side, problem, setting, shown }: AxisRowProps): ReactNode {
  const text = useText();
  const { choice } = setting;
  const name = text(`surface.${side}`);
  // Another axis has other numbers.
  const choose = (next: AxisChoice) => changeSurface({ [side]: { choice: next, range: null } });
  const [from, to] = setting.range ?? shown ?? [-1, 1];
  const setRange = (range: readonly [number, number]) => {
    if (range[0] < range[1]) changeSurface({ [side]: { choice, range } });
  };
  return (
    <fieldset className={styles.axisRow}>
      <legend>{name}</legend>
      <select
        className={buttons.select}
        aria-label={text('surface.axisOf', { axis: name })}
        value={choice.kind}
        onChange={(event) => choose(ofKind(event.currentTarget.value as AxisChoice['kind'], side))}
      >
        {AXIS_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {text(`surface.kind.${kind}`)}
          </option>
        ))}
      </select>
      {choice.kind === 'entry' && (
        <EntryFields problem={problem} choice={choice} axis={name} onChoose={choose} />
      )}
      {choice.kind === 'random' && (
        <label className={styles.pair}>
          {text('surface.seed')}
          <NumberField
            label={`${name}: ${text('surface.seed')}`}
            value={choice.seed}
            scale={SEED}
            onChange={(seed) => choose({ kind: 'random', seed })}
            width={5}
          />
        </label>
      )}
      <span className={styles.pair}>
        {text('surface.from')}
        <NumberField
          label={`${name}: ${text('surface.from')}`}
          value={from}
          scale={RANGE}
          onChange={(value) => setRange([value, to])}
          width={6}
        />
        {text('surface.to')}
        <NumberField
          label={`${name}: ${text('surface.to')}`}
          value={to}
          scale={RANGE}
          onChange={(value) => setRange([from, value])}
          width={6}
        />
      </span>
    </fieldset>
  );
}

function ofKind(kind: AxisChoice['kind'], side: 'x' | 'y'): AxisChoice {
  switch (kind) {
    case 'entry':
      return { kind, array: side === 'x' ? 'Wh' : 'b', row: 0, column: 0 };
    case 'random':
      return { kind, seed: side === 'x' ? 1 : 2 };
    case 'gain':
    case 'gradient':
      return { kind };
  }
}

type EntryChoice = Extract<AxisChoice, { kind: 'entry' }>;

function EntryFields(props: {
  readonly problem: Problem;
  readonly choice: EntryChoice;
  readonly axis: string;
  readonly onChoose: (choice: EntryChoice) => void;
}): ReactNode {
  const { problem, choice, axis, onChoose } = props;
  const text = useText();
  const [rows, columns] = arrayShape(choice.array, problem);
  return (
    <span className={styles.pair}>
      <select
        className={buttons.select}
        aria-label={text('surface.array', { axis })}
        value={choice.array}
        onChange={(event) =>
          onChoose({ ...choice, array: event.currentTarget.value as WeightKey, row: 0, column: 0 })
        }
      >
        {WEIGHT_KEYS.map((key) => (
          <option key={key} value={key}>
            {key.length === 2 ? `${key[0]}_${key[1]}` : key}
          </option>
        ))}
      </select>
      {rows > 1 && (
        <NumberField
          label={text('surface.row', { axis })}
          value={Math.min(choice.row, rows - 1) + 1}
          scale={wholeScale({ least: 1, most: rows })}
          onChange={(row) => onChoose({ ...choice, row: row - 1 })}
          width={3}
        />
      )}
      {columns > 1 && (
        <NumberField
          label={text('surface.column', { axis })}
          value={Math.min(choice.column, columns - 1) + 1}
          scale={wholeScale({ least: 1, most: columns })}
          onChange={(column) => onChoose({ ...choice, column: column - 1 })}
          width={3}
        />
      )}
    </span>
  );
}
