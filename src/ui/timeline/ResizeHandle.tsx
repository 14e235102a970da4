import {
  memo,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { LIMITS, type TrackId } from '../../model/configuration';
import { useText } from '../app/context';
import { plainMath } from '../charts/MathText';
import { useTrackLayout } from './trackLayout';
import styles from './ResizeHandle.module.css';

/** Pixels of one arrow key; with Shift five times as many. */
const STRIDE = 8;

/** The lower edge of a row's plot: drag, arrow keys; double click or Delete gives the height back. */
export const ResizeHandle = memo(function ResizeHandle(props: {
  readonly id: TrackId;
  readonly name: string;
  readonly stageRef: RefObject<HTMLElement | null>;
  /** Of the plot as it is now */
  readonly height: number;
}): ReactNode {
  const { id, name, stageRef, height } = props;
  const text = useText();
  const layout = useTrackLayout();
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null);

  // An edge that a key has moved stays in sight; one that is dragged is under the pointer.
  const handle = useRef<HTMLDivElement>(null);
  const isKeyed = useRef(false);
  useLayoutEffect(() => {
    if (isKeyed.current) handle.current?.scrollIntoView({ block: 'nearest' });
    isKeyed.current = false;
  }, [height]);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || stageRef.current === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = {
      y: event.clientY,
      height: stageRef.current.getBoundingClientRect().height,
    };
  };
  const onPointerMove = ({ clientY }: PointerEvent) => {
    const from = start.current;
    if (from !== null && clientY !== from.y) layout.resize(id, from.height + clientY - from.y);
  };
  const onEnd = () => {
    start.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const stride = STRIDE * (event.shiftKey ? 5 : 1);
    if (event.key === 'ArrowDown') layout.resize(id, height + stride);
    else if (event.key === 'ArrowUp') layout.resize(id, height - stride);
    else if (event.key === 'Home') layout.resize(id, LIMITS.trackHeight.least);
    else if (event.key === 'End') layout.resize(id, LIMITS.trackHeight.most);
    else if (event.key === 'Delete' || event.key === 'Backspace') layout.resize(id, null);
    else return;
    isKeyed.current = true;
    event.preventDefault();
  };
  return (
    <div
      ref={handle}
      className={styles.resize}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={text('timeline.resize', { name: plainMath(name) })}
      aria-valuenow={height}
      aria-valuemin={LIMITS.trackHeight.least}
      aria-valuemax={LIMITS.trackHeight.most}
      aria-valuetext={text('timeline.pixels', { count: height })}
      title={text('timeline.resizeHint')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onEnd}
      onPointerCancel={onEnd}
      onDoubleClick={() => layout.resize(id, null)}
      onKeyDown={onKeyDown}
    />
  );
});
