import type { Configuration } from '../../../model/configuration';

/**
 * "bptt-gradient-T96-tanh.png": what is drawn and of which network; the shown steps where they are
 * not all, when the chart is about them.
 */
export function fileName(
  chart: string,
  { T, activation }: Pick<Configuration, 'T' | 'activation'>,
  extension: 'png' | 'svg' | 'csv',
  steps: { readonly from: number; readonly to: number } | null = null,
): string {
  const isPart = steps !== null && (steps.from > 1 || steps.to < T);
  const parts = ['bptt', slug(chart), `T${T}`, slug(activation)];
  if (isPart) parts.push(`t${steps.from}-${steps.to}`);
  return `${parts.join('-')}.${extension}`;
}

/** Lower-case ASCII words joined by hyphens: every file system takes them. */
function slug(text: string): string {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'chart' : words;
}
