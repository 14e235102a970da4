import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { reachOf } from '../../analysis/reach';
import { useText, type Translate } from '../app/context';
import { formatLog2 } from '../charts/format';
import { leftOf, stepWidth, centreOf, type TimeScale } from '../charts/timeScale';
import { useSize } from '../charts/useSize';
import type { TimelineActions } from './actions';
import { CutLines, ReachBar } from './CutLines';
import type { Hit } from './hit';
import { useHover } from './hover';
import { onTimelineKey } from './keys';
import { usePictures } from './pictures';
import { useMoment } from './useMoment';
import { usePointer } from './usePointer';
import { useWheel } from './useWheel';
import type { Playback } from './usePlayback';
import type { Result } from '../../state/types';
import { stopsWithin } from './useMarks';
import { useShownResult, type TimeAxisModel } from './useTimeline';
import styles from './Overlay.module.css';

interface OverlayProps {
  readonly axis: TimeAxisModel;
  readonly actions: TimelineActions;
  readonly playback: Playback;
}

/**
 * One layer over all tracks on the shared axis: it takes the pointer and the keys, and carries
 * playhead, crosshair, cuts, sweep and the hatching after an overflow.
 */
export function Overlay({ axis, actions, playback }: OverlayProps): ReactNode {
  const { cuts, marks, shown, step, T } = axis;
  const { result, end } = useShownResult();
  const layerRef = useRef<HTMLDivElement>(null);
  const crossRef = useRef<HTMLDivElement>(null);
  const ghostRef = useRef<HTMLDivElement>(null);
  const { width } = useSize(layerRef);
  const scale: TimeScale = { ...shown, width };
  const text = useText();
  const hover = useHover();
  const pictures = usePictures();
  useEffect(() => {
    pictures.setOverlay(layerRef.current);
    return () => pictures.setOverlay(null);
  }, [pictures]);

  const onHover = (hit: Hit | null): void => {
    const layer = layerRef.current;
    const ghost = ghostRef.current;
    if (layer === null || ghost === null) return;
    hover.set(hit?.step ?? null);
    const onCut = hit !== null && hit.kind !== 'step';
    layer.dataset.pointer = hit?.kind ?? 'none';
    ghost.hidden = !onCut;
    if (onCut) ghost.style.transform = `translateX(${leftOf(scale, hit.step)}px)`;
  };
  const handlers = usePointer({
    scale,
    cuts,
    actions,
    onHover,
    onStart: playback.stop,
  });
  const wheelHint = useMoment(2500);
  useWheel(layerRef, scale, actions, wheelHint.begin);

  const { from, to } = shown;
  useEffect(
    () =>
      hover.subscribe((hovered) => {
        const cross = crossRef.current;
        if (cross === null) return;
        cross.hidden = hovered === null || hovered < from || hovered > to;
        if (hovered !== null) {
          cross.style.transform = `translateX(${leftOf({ from, to, width }, hovered)}px)`;
        }
      }),
    [hover, from, to, width],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const context = { step, T, ...shown };
    if (onTimelineKey(event, context, actions, playback)) event.preventDefault();
  };

  const column = stepWidth(scale);
  const outline = Math.max(5, column);
  const overflowLeft = Math.max(0, leftOf(scale, end));
  return (
    <div
      ref={layerRef}
      className={styles.overlay}
      role="slider"
      tabIndex={0}
      aria-label={text('timeline.slider')}
      aria-description={text('timeline.sliderKeys')}
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={T}
      aria-valuenow={step}
      aria-valuetext={spokenStep(axis, result, end, text)}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      {width > 0 && (
        <>
          {end <= shown.to && (
            <div
              className={styles.overflow}
              style={{ left: overflowLeft, '--room': `${overflowLeft - 16}px` } as CSSProperties}
            >
              <span
                className={styles.overflowText}
                data-before={overflowLeft > width / 2 || undefined}
              >
                {text('track.overflow', { step: end })}
                {!hasLossBefore(result, end) && <small>{text('track.overflowNoLoss')}</small>}
              </span>
            </div>
          )}
          <div
            ref={crossRef}
            className={styles.cross}
            hidden
            data-export="none"
            style={{ width: `${Math.max(1, column)}px` }}
          />
          <CutLines scale={scale} marks={marks} />
          <ReachBar scale={scale} from={reachOf(marks, step, T)} step={step} />
          <div ref={ghostRef} className={styles.ghost} hidden data-export="none" aria-hidden="true">
            ✂
          </div>
          {step >= shown.from && step <= shown.to && (
            <div
              className={styles.playhead}
              data-export="none"
              style={{
                width: `${outline}px`,
                transform: `translateX(${centreOf(scale, step) - outline / 2}px)`,
              }}
            />
          )}
          {wheelHint.isOn && (
            <p className={styles.wheelHint} data-export="none" aria-hidden="true">
              {text('timeline.wheelHint', { key: isApple() ? '⌘' : 'Ctrl' })}
            </p>
          )}
          {playback.phase !== 'idle' && !playback.stepwise && (
            <div className={styles.sweep} data-phase={playback.phase} data-export="none" />
          )}
        </>
      )}
    </div>
  );
}

/** Otherwise nothing comes back at all. */
function hasLossBefore(result: Result | null, end: number): boolean {
  const losses = result?.problem.lossWeights.subarray(0, end - 1);
  return losses === undefined || losses.some((weight) => weight !== 0);
}

/** What a screen reader says about the playhead's step. */
function spokenStep(
  { step, T, marks }: TimeAxisModel,
  result: Result | null,
  end: number,
  text: Translate,
): string {
  const series = result?.summary.series;
  const at = (values: Float64Array | undefined): string =>
    step >= end ? '–' : formatLog2(values?.[step - 1] ?? NaN);
  return text('timeline.sliderValue', {
    step,
    T,
    delta: at(series?.log2ErrorSignal),
    gradient: at(series?.log2StateGradient),
    cut: text(stopsWithin(marks, step, step).size > 0 ? 'timeline.cutBefore' : 'timeline.noCut'),
  });
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
