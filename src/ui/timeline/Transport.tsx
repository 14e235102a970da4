import { Fragment, type ReactElement, type ReactNode } from 'react';
import { useServices, useText } from '../app/context';
import { ChartMenu } from '../charts/export/ChartMenu';
import { formatCount } from '../charts/format';
import type { TimelineActions } from './actions';
import { usePictures } from './pictures';
import { allTracksData } from './trackData';
import type { Playback } from './usePlayback';
import type { TimeAxisModel } from './useTimeline';
import { zoomLevel } from './window';
import buttons from '../theme/buttons.module.css';
import styles from './Transport.module.css';

const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

interface TransportProps {
  readonly axis: TimeAxisModel;
  readonly actions: TimelineActions;
  readonly playback: Playback;
  readonly speed: number;
  readonly onSpeed: (speed: number) => void;
}

export function Transport(props: TransportProps): ReactNode {
  const { axis, actions, playback } = props;
  const { T, step, cuts, shown } = axis;
  const text = useText();
  const { results } = useServices();
  const pictures = usePictures();
  const isCut = cuts.includes(step);
  const withScissors = (words: string, key: string) => (
    <Fragment key={key}>
      <span className={styles.scissors} aria-hidden="true">
        ✂
      </span>{' '}
      {words}
    </Fragment>
  );
  const cutTexts = (at: number) =>
    (['timeline.cutHere', 'timeline.mendHere'] as const).map((key) =>
      withScissors(text(key, { step: formatCount(at) }), key),
    );
  const cutStep = (at: number) => withScissors(formatCount(at), 'step');
  return (
    <div className={styles.transport} role="group" aria-label={text('timeline.play')}>
      <IconButton label={text('timeline.start')} onClick={() => actions.select(1)}>
        <path d="M3 2.5v11M13 3 5.5 8l7.5 5z" />
      </IconButton>
      <PlayButton playback={playback} />
      <IconButton label={text('timeline.end')} onClick={() => actions.select(T)}>
        <path d="M13 2.5v11M3 3l7.5 5L3 13z" />
      </IconButton>
      <span className={styles.position}>
        <Reserved widest={[<At key="last" step={T} />]}>
          <At step={step} />
        </Reserved>
        <span className={styles.total}> / {formatCount(T)}</span>
      </span>
      <button
        type="button"
        className={`${buttons.button} ${styles.cut}`}
        data-digits={String(T).length}
        aria-pressed={isCut}
        title={text('timeline.cutHint', { step, previous: step - 1 })}
        onClick={() => actions.toggleCut(step)}
      >
        <Reserved className={styles.cutWords} widest={cutTexts(T)}>
          {cutTexts(step)[isCut ? 1 : 0]}
        </Reserved>
        <Reserved className={styles.cutStep} widest={[cutStep(T)]} isHidden>
          {cutStep(step)}
        </Reserved>
      </button>
      <span className={styles.space} />
      <Speed {...props} />
      <Zoom axis={axis} actions={actions} />
      <ChartMenu
        isButton
        chart={{
          id: 'tracks',
          title: text('export.all'),
          steps: shown,
          panels: () => pictures.all(),
          data: () => {
            const result = results.get();
            return result === null ? null : allTracksData(result, shown, text);
          },
        }}
      />
    </div>
  );
}

/** Where the playhead is. */
function At({ step }: { readonly step: number }): ReactNode {
  return (
    <>
      <i>t</i> = <b>{formatCount(step)}</b>
    </>
  );
}

/** A text in the room of the widest of its kind, so that nothing beside it moves. */
function Reserved(props: {
  readonly widest: readonly ReactElement[];
  readonly className?: string | undefined;
  /** From screen readers */
  readonly isHidden?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { widest, className = '', isHidden, children } = props;
  return (
    <span className={`${styles.reserved} ${className}`} aria-hidden={isHidden}>
      {widest.map((content) => (
        <span key={content.key} className={styles.width} aria-hidden="true">
          {content}
        </span>
      ))}
      <span>{children}</span>
    </span>
  );
}

function IconButton(props: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      className={buttons.icon}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <svg className={styles.glyph} viewBox="0 0 16 16" aria-hidden="true">
        {props.children}
      </svg>
    </button>
  );
}

function PlayButton({ playback }: { readonly playback: Playback }): ReactNode {
  const text = useText();
  const { phase, running, stepwise } = playback;
  const key = stepwise
    ? phase === 'idle'
      ? 'timeline.showForward'
      : 'timeline.showBackward'
    : phase === 'idle'
      ? 'timeline.play'
      : running
        ? 'timeline.pause'
        : 'timeline.resume';
  return (
    <button type="button" className={`${buttons.primary} ${styles.play}`} onClick={playback.toggle}>
      <svg className={styles.glyph} viewBox="0 0 16 16" aria-hidden="true">
        <path d={running && !stepwise ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} />
      </svg>
      <Reserved
        widest={[
          <Fragment key="play">
            {text(stepwise ? 'timeline.showBackward' : 'timeline.play')}
          </Fragment>,
        ]}
      >
        {text(key)}
      </Reserved>
    </button>
  );
}

function Speed({ speed, onSpeed }: TransportProps): ReactNode {
  const text = useText();
  return (
    <select
      className={buttons.select}
      aria-label={text('timeline.speed')}
      title={text('timeline.speed')}
      value={speed}
      onChange={(event) => onSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value}>
          {value < 1 ? `1/${1 / value}` : value}×
        </option>
      ))}
    </select>
  );
}

function Zoom(props: {
  readonly axis: TimeAxisModel;
  readonly actions: TimelineActions;
}): ReactNode {
  const { axis, actions } = props;
  const { shown, T } = axis;
  const text = useText();
  return (
    <label className={styles.zoom}>
      <span className={styles.zoomText}>{text('timeline.zoom')}</span>
      <input
        type="range"
        min={0}
        max={1}
        step="any"
        value={zoomLevel(shown, T)}
        disabled={T <= 12}
        aria-valuetext={text('timeline.zoomValue', { from: shown.from, to: shown.to, T })}
        onKeyDown={(event) => {
          const direction = ['ArrowRight', 'ArrowUp'].includes(event.key)
            ? 1
            : ['ArrowLeft', 'ArrowDown'].includes(event.key)
              ? -1
              : 0;
          if (direction === 0) return;
          event.preventDefault();
          actions.zoom(direction > 0 ? 1.25 : 0.8, 0.5);
        }}
        onChange={(event) => actions.zoomTo(Number(event.target.value))}
      />
    </label>
  );
}
