import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { useAppState, useResult, useServices, useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { regimeOf } from '../../timeline/flow';
import { useFlow } from '../../timeline/useFlow';
import type { PinView } from './ghosts';
import { GhostSwatch } from './GhostSwatch';
import {
  MEASURES,
  measuredOf,
  outcomeOf,
  relativeText,
  type Measure,
  type Outcome,
} from './results';
import { differing, settingName, settingValue, SETTINGS } from './settings';
import styles from './compare.module.css';

/** What pins and the present run were set to where they differ, and what each came to. */
export function DifferenceTable({ pins }: { readonly pins: readonly PinView[] }): ReactNode {
  const text = useText();
  const present = usePresent();
  const outcomes = pins.map(({ state: { run } }) =>
    run === null ? null : outcomeOf(run.summary, run.flow),
  );
  return (
    <div
      className={styles.scroll}
      role="region"
      tabIndex={0}
      aria-label={text('compare.differences')}
    >
      <table className={styles.table}>
        <caption>
          <span className={styles.caption}>{text('compare.caption')}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{text('compare.quantity')}</th>
            <th scope="col">{text('compare.now')}</th>
            {pins.map(({ slot, pin }) => (
              <th key={slot} scope="col" title={pin.name}>
                <GhostSwatch slot={slot} />
                <span className={styles.column}>{pin.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <SettingRows pins={pins} />
        <tbody data-measured data-stale={!present.isCurrent}>
          <GroupRow name={text('compare.results')} columns={pins.length + 2} />
          {MEASURES.map((measure) => (
            <MeasureRow
              key={measure}
              measure={measure}
              present={present.outcome}
              outcomes={outcomes}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupRow(props: { readonly name: string; readonly columns: number }): ReactNode {
  return (
    <tr>
      <th scope="rowgroup" colSpan={props.columns} className={styles.group}>
        {props.name}
      </th>
    </tr>
  );
}

/** The present run's outcome, and whether it is that of the present settings. */
function usePresent(): { readonly outcome: Outcome | null; readonly isCurrent: boolean } {
  const result = useResult();
  const { flow, isCurrent: isMeasured } = useFlow();
  const { results } = useServices();
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const isStale = useSyncExternalStore(
    subscribe,
    () => results.isPending() || results.error() !== null,
  );
  const outcome = result === null ? null : outcomeOf(result.summary, isMeasured ? flow : null);
  return { outcome, isCurrent: !isStale };
}

function SettingRows({ pins }: { readonly pins: readonly PinView[] }): ReactNode {
  const text = useText();
  const present = useAppState((state) => state.configuration);
  const runs = pins.map(({ pin }) => pin.configuration);
  const found = new Set(runs.flatMap((run) => differing(present, run)));
  const rows = SETTINGS.filter((setting) => found.has(setting));
  return (
    <tbody>
      <GroupRow name={text('compare.settings')} columns={pins.length + 2} />
      {rows.length === 0 && (
        <tr>
          <td className={styles.nothing} colSpan={pins.length + 2}>
            {text('compare.nothingDiffers')}
          </td>
        </tr>
      )}
      {rows.map((setting) => (
        <tr key={setting} data-row={setting}>
          <th scope="row">
            <MathText text={settingName(setting, text)} />
          </th>
          {[present, ...runs].map((run, i) => (
            <td key={i} data-differs={i > 0 && differing(present, run).includes(setting)}>
              {settingValue(setting, run, text)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const NAMES = {
  totalLoss: 'compare.totalLoss',
  factor: 'compare.factor',
  firstGradient: 'compare.firstGradient',
  weightGradient: 'compare.weightGradient',
} as const;

/** Two lines in every cell from the start: nothing moves when a number arrives. */
function MeasureRow(props: {
  readonly measure: Measure;
  readonly present: Outcome | null;
  readonly outcomes: readonly (Outcome | null)[];
}): ReactNode {
  const { measure, present, outcomes } = props;
  const text = useText();
  return (
    <tr data-row={measure}>
      <th scope="row">
        <MathText text={text(NAMES[measure])} />
      </th>
      {[present, ...outcomes].map((outcome, i) => (
        <td key={i}>
          {outcome === null ? '…' : measuredOf(measure, outcome).text}
          <small>
            {measure === 'factor' ? (
              <Regime outcome={outcome} />
            ) : (
              i > 0 && <Relative measure={measure} now={present} pinned={outcome} />
            )}
          </small>
        </td>
      ))}
    </tr>
  );
}

/** The verdict in a word, or where the state overflowed. */
function Regime({ outcome }: { readonly outcome: Outcome | null }): ReactNode {
  const text = useText();
  if (outcome === null) return null;
  const { flow, overflowAt } = outcome;
  if (overflowAt !== null) {
    const at = text('compare.overflowAt', { step: formatCount(overflowAt) });
    return (
      <>
        {text('compare.overflow')} <MathText text={at} />
      </>
    );
  }
  return text(flow === null ? 'verdict.measuring' : `verdict.${regimeOf(flow)}`);
}

function Relative(props: {
  readonly measure: Measure;
  readonly now: Outcome | null;
  readonly pinned: Outcome | null;
}): ReactNode {
  const { measure, now, pinned } = props;
  if (now === null || pinned === null) return null;
  return relativeText(measuredOf(measure, now).log2, measuredOf(measure, pinned).log2);
}
