import { useText } from '../app/context';
import styles from './Dialogs.module.css';
import { formatNumber } from '../charts/format';

const WIDTH = 240;
const HEIGHT = 60;

interface MiniLineProps {
  readonly caption: string;
  readonly values: readonly number[];
}

/** A whole series in 240 columns, each from its least to its greatest value. */
export function MiniLine({ caption, values }: MiniLineProps) {
  const text = useText();
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.line}
        viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={linePath(values, least, most)} />
      </svg>
      <figcaption className={styles.caption}>
        <span>{caption}</span>
        <span>{text('series.range', { least: short(least), most: short(most) })}</span>
      </figcaption>
    </figure>
  );
}

function short(value: number): string {
  return formatNumber(value, 3);
}

function linePath(values: readonly number[], least: number, most: number): string {
  const span = most - least || 1;
  const y = (value: number) => (HEIGHT * (1 - (value - least) / span)).toFixed(1);
  const columns = Math.min(WIDTH, values.length);
  let path = '';
  for (let c = 0; c < columns; c++) {
    const from = Math.floor((c * values.length) / columns);
    const to = Math.floor(((c + 1) * values.length) / columns);
    const bin = values.slice(from, to);
    const x = ((c * WIDTH) / Math.max(1, columns - 1)).toFixed(1);
    const low = Math.min(...bin);
    const high = Math.max(...bin);
    path += `${c === 0 ? 'M' : 'L'}${x} ${y(low)}`;
    if (high !== low) path += `L${x} ${y(high)}`;
  }
  return path;
}
