import { useId, useMemo, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { ColourBar } from '../../charts/ColourBar';
import { hasZeros, type LagMap } from './lagCells';
import { Hatchings } from '../../charts/SquareMap';
import type { LagRange } from './LagTriangle';
import lab from '../lab.module.css';
import styles from './lag.module.css';

/** What the colours mean, and what stands where there is none. */
export function LagLegend(props: { readonly map: LagMap; readonly range: LagRange | null }) {
  const { map, range } = props;
  const text = useText();
  const id = useId();
  const zeros = useMemo(() => hasZeros(map), [map]);
  const silent = useMemo(() => Array.prototype.includes.call(map.lossWeights, 0), [map]);
  return (
    <div className={lab.legend}>
      {range !== null && (
        <div className={styles.ramp}>
          <ColourBar {...range} />
        </div>
      )}
      <div className={lab.keys}>
        <svg width="0" height="0" aria-hidden="true">
          <Hatchings id={id} />
        </svg>
        {zeros && <Key fill={`url(#${id}zero)`}>{text('lag.keyZero')}</Key>}
        {silent && <Key fill="var(--chip)">{text('lag.keyNoLoss')}</Key>}
        {map.overflowAt !== null && (
          <Key fill={`url(#${id}overflow)`}>{text('lag.keyOverflow')}</Key>
        )}
        {map.cuts.length > 0 && <Key>{text('lag.keyCut')}</Key>}
      </div>
    </div>
  );
}

/** Without a fill, the dashed line of a cut. */
function Key({ fill, children }: { readonly fill?: string; readonly children: ReactNode }) {
  return (
    <span>
      <svg width="20" height="12" aria-hidden="true">
        {fill === undefined ? (
          <path className={styles.cuts} d="M10 0V12" />
        ) : (
          <rect className={lab.swatch} x="0.5" y="0.5" width="19" height="11" style={{ fill }} />
        )}
      </svg>
      {children}
    </span>
  );
}
