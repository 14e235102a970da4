import type { ReactNode } from 'react';
import { useResult, useText } from '../../app/context';
import { Panel, PanelPart } from '../Panel';
import { BiasMeter } from './BiasMeter';
import { Questions } from './Questions';
import { RandomDraws } from './RandomDraws';

/** What a truncation keeps, what it stops, and what that costs. */
export function TruncationPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  return (
    <Panel title={text('bias.panel')} formula={text('bias.formula')} about={text('bias.about')}>
      {result !== null && (
        <>
          <PanelPart title={text('bias.title')}>
            <BiasMeter result={result} />
          </PanelPart>
          <RandomDraws result={result} />
          <PanelPart title={text('ask.title')}>
            <Questions result={result} />
          </PanelPart>
        </>
      )}
    </Panel>
  );
}
