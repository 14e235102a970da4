import type { ReactNode } from 'react';
import { useText } from '../../app/context';
import { isWorse, placeOn, type Scale } from './scoreView';
import styles from './score.module.css';

/** Where the score stands between chance and perfect: a marker on a line, with its ends in words. */
export function ScoreScale({ scale }: { readonly scale: Scale }): ReactNode {
  const text = useText();
  const { from, to, now, others } = scale;
  const place = placeOn(scale, now.value);
  const worse = isWorse(scale) ? text('score.worse') : null;
  const words = [
    text('score.scaleNow', { from: from.text, to: to.text, value: now.text }),
    ...others.map((other) => other.text),
    ...(worse === null ? [] : [worse]),
  ];
  return (
    <div role="img" aria-label={words.join(' · ')} className={styles.scale}>
      <div className={styles.track}>
        <div className={styles.bar}>
          <div
            className={styles.reached}
            style={{ transform: `translateX(${100 * place - 100}%)` }}
          />
        </div>
        {others.map((other) => (
          <div
            key={other.text}
            className={styles.tick}
            style={{ left: `${100 * placeOn(scale, other.value)}%` }}
          />
        ))}
        <div className={styles.rail} style={{ transform: `translateX(${100 * place}%)` }}>
          <span className={styles.marker} data-worse={worse !== null}>
            {worse === null ? '▲' : `◀ ${worse}`}
          </span>
        </div>
      </div>
      <div className={styles.ends}>
        <span>{from.text}</span>
        {others.map((other) => (
          <span key={other.text}>
            <i className={styles.tickKey} /> {other.text}
          </span>
        ))}
        <span>{to.text}</span>
      </div>
    </div>
  );
}
