import { useRef, type ReactNode } from 'react';
import type { LinkMarks } from '../../analysis/reach';
import { useText } from '../app/context';
import { formatCount } from '../charts/format';
import { MathText } from '../charts/MathText';
import { usePictures, useRowPicture } from './pictures';
import styles from './Rail.module.css';

/** The row of the scissors; the overlay above it takes the clicks. */
export function Rail({ marks }: { readonly marks: LinkMarks }): ReactNode {
  const text = useText();
  const { cuts, schemeCuts, resets } = marks;
  const count = cuts.length + schemeCuts.length;
  const words = [
    count === 1 && text('track.cutsOne'),
    count > 1 && text('track.cutsCount', { count: formatCount(count) }),
    resets.length > 0 && text('track.resetsCount', { count: formatCount(resets.length) }),
  ].filter((part) => part !== false);
  const railRef = useRef<HTMLDivElement>(null);
  const pictures = usePictures();
  useRowPicture('cuts', () => {
    if (count + resets.length === 0 || railRef.current === null) return null;
    return {
      title: text('track.cuts'),
      aside: words.join(', '),
      element: railRef.current,
      over: pictures.overlay,
      isFramed: false,
      isOnTimeAxis: true,
      legend: null,
    };
  });
  return (
    <div className={styles.rail}>
      <div className={styles.name}>
        <h3 className={styles.title}>{text('track.cuts')}</h3>
      </div>
      <div ref={railRef} className={styles.railStage}>
        {words.length === 0 && (
          <span className={styles.railHint}>
            <MathText text={text('track.cutsCaption')} />
          </span>
        )}
      </div>
      <div className={styles.figure}>
        {words.length === 0 ? text('track.cutsNone') : words.join(', ')}
      </div>
    </div>
  );
}
