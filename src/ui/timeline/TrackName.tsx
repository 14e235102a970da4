import { memo, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { TrackId } from '../../model/configuration';
import { useAppState, useText } from '../app/context';
import { MathText, plainMath } from '../charts/MathText';
import { Swatch, type LegendKey } from '../charts/Swatch';
import { isAxisTrack, useTrackLayout } from './trackLayout';
import { placeAt } from './trackOrder';
import styles from './Track.module.css';

interface TrackNameProps {
  readonly id: TrackId;
  readonly name: string;
  readonly caption: string;
  readonly legend: readonly LegendKey[];
  readonly folded: boolean;
  /** What can be chosen for this track, under its caption */
  readonly control: ReactNode;
}

/** A press that moves less than this is no drag, in pixels. */
const SLACK = 4;

/** The left cell of a row: folds it, and carries it to another place by mouse or Alt with arrows. */
export const TrackName = memo(function TrackName(props: TrackNameProps): ReactNode {
  const { id, name, caption, legend, folded, control } = props;
  const text = useText();
  const layout = useTrackLayout();
  const fold = text(folded ? 'timeline.unfold' : 'timeline.fold', { name: plainMath(name) });
  const movable = isAxisTrack(id);
  const order = useAppState((state) => state.configuration.view.order);
  const onPointerDown = useDragToPlace(id);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const places = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || places === 0 || !isAxisTrack(id)) return;
    event.preventDefault();
    const button = event.currentTarget;
    // The row's element moves in the document, which takes the focus from what is inside.
    flushSync(() => layout.moveBy(id, places));
    button.focus();
  };

  return (
    <div
      className={styles.name}
      data-movable={movable || undefined}
      title={movable ? text('timeline.dragTrack') : undefined}
      onPointerDown={onPointerDown}
    >
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!folded}
        aria-label={fold}
        aria-description={
          isAxisTrack(id)
            ? text('timeline.trackPlace', { place: order.indexOf(id) + 1, count: order.length })
            : undefined
        }
        aria-keyshortcuts={movable ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
        title={fold}
        onClick={() => layout.toggleFold(id)}
        onKeyDown={onKeyDown}
      >
        <svg className={styles.chevron} viewBox="0 0 10 10" aria-hidden="true">
          <path d="M2 3.5 5 6.5 8 3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </button>
      <h3 className={styles.title}>
        <MathText text={name} />
      </h3>
      {!folded && caption !== '' && (
        <p className={styles.caption}>
          <MathText text={caption} />
        </p>
      )}
      {!folded && legend.length > 0 && (
        <ul className={styles.legend}>
          {legend.map((key) => (
            <li key={key.text}>
              <span className={styles.sign}>
                <Swatch {...key} />
              </span>
              <MathText text={key.text} />
            </li>
          ))}
        </ul>
      )}
      {!folded && control}
    </div>
  );
});

/**
 * The row follows the pointer from place to place. Its element moves in the document meanwhile,
 * which ends a pointer capture, so the drag listens on the window. By touch the page scrolls.
 */
function useDragToPlace(id: TrackId) {
  const layout = useTrackLayout();
  const dragging = useRef(false);
  return (event: PointerEvent<HTMLElement>): void => {
    const row = event.currentTarget.closest<HTMLElement>('[data-track]');
    const onControl = (event.target as Element).closest('button, input, select') !== null;
    if (event.pointerType === 'touch' || event.button !== 0 || onControl) return;
    if (!isAxisTrack(id) || row === null || row.parentElement === null) return;
    const rows = row.parentElement;
    const startY = event.clientY;

    const onMove = ({ clientY }: globalThis.PointerEvent): void => {
      if (!dragging.current && Math.abs(clientY - startY) < SLACK) return;
      dragging.current = true;
      row.dataset['dragging'] = 'true';
      const others = [...rows.querySelectorAll<HTMLElement>('[data-track]')].filter(
        (other) => other !== row,
      );
      const middles = others.map((other) => {
        const { top, height } = other.getBoundingClientRect();
        return top + height / 2;
      });
      layout.move(id, placeAt(middles, clientY));
    };
    const onEnd = (): void => {
      dragging.current = false;
      delete row.dataset['dragging'];
      stop.abort();
    };
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('pointermove', onMove, { signal });
    window.addEventListener('pointerup', onEnd, { signal });
    window.addEventListener('pointercancel', onEnd, { signal });
    event.preventDefault(); // no text is selected on the way
  };
}
