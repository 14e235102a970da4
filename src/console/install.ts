import type { ConsoleApi } from './api';

declare global {
  interface Window {
    readonly bptt: ConsoleApi;
  }
}

/** Makes the API `window.bptt`, which no script of the page can replace. */
export function installConsoleApi(window: object, api: ConsoleApi): void {
  Object.defineProperty(window, 'bptt', {
    value: Object.freeze({ ...api }),
    enumerable: true,
    writable: false,
    configurable: false,
  });
}
