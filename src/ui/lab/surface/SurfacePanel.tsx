import type { ReactNode } from 'react';
import { useAppStore, useResult, useText } from '../../app/context';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { Panel } from '../Panel';
import { PASCANU_CHANGE, PASCANU_VIEW } from './pascanu';
import { changeSurface } from './surfaceSettings';
import { SurfaceView } from './SurfaceView';
import lab from '../lab.module.css';

/** The loss over two directions in weight space. */
export function SurfacePanel(): ReactNode {
  const text = useText();
  const result = useResult();
  const store = useAppStore();
  const setUp = () => {
    store.getState().change(PASCANU_CHANGE);
    changeSurface(PASCANU_VIEW);
  };
  return (
    <Panel
      title={text('surface.title')}
      formula={text('surface.formula')}
      about={text('surface.about')}
    >
      <p className={lab.offer}>
        <span>
          <MathText text={text('surface.pascanuAbout')} />
        </span>
        <button type="button" className={buttons.small} onClick={setUp}>
          {text('surface.pascanu')}
        </button>
      </p>
      {result !== null &&
        (result.problem.lossWeights.some((weight) => weight !== 0) ? (
          <SurfaceView result={result} />
        ) : (
          <p className={lab.note}>
            <MathText text={text('surface.noLoss')} />
          </p>
        ))}
    </Panel>
  );
}
