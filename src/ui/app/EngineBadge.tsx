import { Popover } from '@base-ui/react/popover';
import type { MessageKey } from '../../i18n';
import type { ErrorCode } from '../../model/errors';
import type { EngineStatus } from '../../state/types';
import { formatNumber } from '../controls/parseNumber';
import buttons from '../theme/buttons.module.css';
import { useAppState, useResult, useServices, useText } from './context';
import styles from './EngineBadge.module.css';
import { useErrorText } from './useErrorText';

type ReadyEngine = Extract<EngineStatus, { state: 'ready' }>;

/** Which engine computes, how fast, and why it is not a better one. */
export function EngineBadge() {
  const text = useText();
  const engine = useAppState((state) => state.engine);
  if (engine.state === 'starting') {
    return (
      <span className={styles.badge} data-engine="starting" role="status">
        <i className={styles.dot} data-state="starting" />
        {text('engine.starting')}
      </span>
    );
  }
  return <ReadyBadge engine={engine} />;
}

/** A few words for the badge; the popover has the whole reason. */
const SHORT_REASONS: Partial<Record<ErrorCode, MessageKey>> = {
  'webgpu-unavailable': 'engine.short.unavailable',
  'device-lost': 'engine.short.lost',
  'out-of-memory': 'engine.short.memory',
  'too-large': 'engine.short.memory',
};

function ReadyBadge({ engine }: { readonly engine: ReadyEngine }) {
  const text = useText();
  const services = useServices();
  const summary = useResult()?.summary ?? null;
  const { kind, adapter, fallback } = engine;
  const elapsed = summary === null ? null : elapsedText(summary.elapsed);
  const state = fallback !== null ? 'lesser' : 'good';
  return (
    <div className={styles.group} data-engine={kind}>
      <Popover.Root>
        <Popover.Trigger className={styles.badge}>
          <i className={styles.dot} data-state={state} />
          <span>{text(`engine.${kind}`)}</span>
          <span className={styles.adapter}>
            {fallback !== null
              ? text(SHORT_REASONS[fallback.code] ?? 'engine.short.failed')
              : kind === 'webgpu' && adapter.name}
          </span>
          {elapsed !== null && (
            <span className={styles.elapsed}>
              <span>{text('engine.milliseconds', { ms: elapsed })}</span>
            </span>
          )}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner className={styles.positioner} sideOffset={6} align="end">
            <Popover.Popup className={styles.popup}>
              <Popover.Title className={styles.title}>{text('engine.about')}</Popover.Title>
              <EngineStory engine={engine} elapsed={elapsed} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {fallback !== null && (
        <button type="button" className={buttons.small} onClick={() => services.retryGpu()}>
          {text('engine.retry')}
        </button>
      )}
    </div>
  );
}

interface EngineStoryProps {
  readonly engine: ReadyEngine;
  readonly elapsed: string | null;
}

function EngineStory({ engine, elapsed }: EngineStoryProps) {
  const text = useText();
  const errorText = useErrorText();
  const { kind, adapter, fallback } = engine;
  const about =
    kind === 'cpu'
      ? 'engine.aboutCpu'
      : adapter.software
        ? 'engine.aboutSoftware'
        : 'engine.aboutGpu';
  return (
    <>
      <p>{text(about, { adapter: adapter.name })}</p>
      {elapsed !== null && <p>{text('engine.elapsed', { ms: elapsed })}</p>}
      {fallback !== null && (
        <>
          <h3 className={styles.title}>{text('engine.reason')}</h3>
          <p>{errorText(fallback.code)}</p>
          <p className={styles.detail} lang="en">
            {fallback.message}
          </p>
        </>
      )}
    </>
  );
}

/** Two digits: the last ones change with every pass. */
function elapsedText(milliseconds: number): string {
  return milliseconds < 100
    ? formatNumber(Number(milliseconds.toPrecision(2)))
    : String(Math.round(milliseconds));
}
