import { useId, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { MathText } from '../../charts/MathText';
import { ColourBar } from '../../charts/ColourBar';
import { Hatchings } from '../../charts/SquareMap';
import type { LossRange } from './surfaceGeometry';
import type { MapPath } from './SurfaceOverlay';
import lab from '../lab.module.css';
import styles from './surface.module.css';

/** What the colours mean, and every mark on the map. */
export function SurfaceLegend(props: {
  readonly range: LossRange | null;
  readonly overflows: boolean;
  readonly paths: readonly MapPath[];
}): ReactNode {
  const { range, overflows, paths } = props;
  const text = useText();
  const id = useId();
  return (
    <div className={lab.legend}>
      {range !== null && (
        <div className={styles.ramp}>
          <ColourBar {...range} />
        </div>
      )}
      <div className={lab.keys}>
        <Key label={text('surface.here')}>
          <circle className={styles.here} cx="12" cy="7" r="5" />
          <path className={styles.here} d="M4 7H10M14 7H20M12 0V4M12 10V14" />
        </Key>
        {paths.map(({ look, label }) => (
          <Key key={look} label={label} look={look}>
            <path className={styles.wayLine} d="M0 7H24" />
            {look === 'clipped' && <circle className={styles.dot} cx="12" cy="7" r="2.5" />}
            {look === 'unclipped' && (
              <rect className={styles.dot} x="9.5" y="4.5" width="5" height="5" />
            )}
          </Key>
        ))}
        {overflows && (
          <span>
            <svg width="24" height="14" aria-hidden="true">
              <Hatchings id={id} />
              <rect
                className={lab.swatch}
                x="0.5"
                y="0.5"
                width="23"
                height="13"
                style={{ fill: `url(#${id}overflow)` }}
              />
            </svg>
            <MathText text={text('surface.keyOverflow')} />
          </span>
        )}
      </div>
    </div>
  );
}

function Key(props: {
  readonly label: string;
  readonly look?: MapPath['look'];
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span data-look={props.look} className={styles.way}>
      <svg width="24" height="14" aria-hidden="true">
        {props.children}
      </svg>
      <MathText text={props.label} />
    </span>
  );
}
