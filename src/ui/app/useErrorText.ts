import { useCallback } from 'react';
import type { ErrorCode } from '../../model/errors';
import { useAppState, useText } from './context';

/** What happened and what to do, as one paragraph; Chinese sets no space between sentences. */
export function useErrorText(): (code: ErrorCode) => string {
  const text = useText();
  const space = useAppState((state) => (state.language === 'zh-CN' ? '' : ' '));
  return useCallback(
    (code) => `${text(`error.${code}`)}${space}${text(`error.${code}.remedy`)}`,
    [text, space],
  );
}
