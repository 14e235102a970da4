import { createContext, useContext } from 'react';

/** The dialog laid over the page; at most one at a time. */
export type OpenDialog =
  | { readonly kind: 'share' }
  | { readonly kind: 'help' }
  /** `dropped`: the content of a file, to be looked at before it is used */
  | { readonly kind: 'text'; readonly dropped?: string }
  | {
      readonly kind: 'series';
      readonly dropped?: { readonly name: string; readonly text: string };
    };

export const DialogContext = createContext<(dialog: OpenDialog) => void>(() => {
  throw new Error('Dialogs open inside <DialogContext.Provider>.');
});

export function useOpenDialog(): (dialog: OpenDialog) => void {
  return useContext(DialogContext);
}
