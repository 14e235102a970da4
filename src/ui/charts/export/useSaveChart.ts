import { useCallback } from 'react';
import type { Configuration } from '../../../model/configuration';
import { BpttError, toErrorRecord } from '../../../model/errors';
import { sameRun } from '../../../model/pins';
import type { Result, ResultStore } from '../../../state/types';
import type { AppServices } from '../../../state/services';
import { useAppStore, useServices, useText } from '../../app/context';
import { captionOf } from './captionOf';
import { csvParts } from './csv';
import { fileName } from './fileName';
import { pngPicture, svgPicture } from './picture';
import { saveFile } from './save';
import type { ChartExport } from './sources';
import { PROGRAM, textsOf, type Provenance } from './svgDocument';

export type FileKind = 'png' | 'svg' | 'csv';

/** Milliseconds until a picture that is still being computed is given up */
const PATIENCE = 10_000;
/** Charts are drawn again at most this long after a result. */
const SETTLING = 150;
/** A large file is written in pieces of so many milliseconds, so that the page goes on. */
const LONGEST_WORK = 30;

/** Saves a chart as a file, with the configuration it belongs to; a failure is said in the banner. */
export function useSaveChart(): (chart: ChartExport, kind: FileKind) => Promise<void> {
  const services = useServices();
  const store = useAppStore();
  const text = useText();
  return useCallback(
    async (chart, kind) => {
      try {
        const result = await currentResult(services.results, chart);
        const configuration = asShown(result.configuration, store.getState().configuration);
        const provenance: Provenance = {
          title: chart.title,
          caption: captionOf(configuration, text),
          link: linkTo(services, configuration),
          configuration,
        };
        const name = fileName(chart.id, configuration, kind, chart.steps ?? null);
        const source = {
          panels: chart.panels(),
          steps: chart.steps ?? null,
          timeName: text('track.timeT'),
        };
        switch (kind) {
          case 'png':
            saveFile(name, [await pngPicture(source, provenance)], 'image/png');
            break;
          case 'svg':
            saveFile(name, [svgPicture(source, provenance).text], 'image/svg+xml');
            break;
          case 'csv':
            saveFile(name, await csvOf(chart, provenance), 'text/csv;charset=utf-8');
            break;
        }
      } catch (error) {
        store.getState().setNotice(toErrorRecord(failureOf(error)));
      }
    },
    [services, store, text],
  );
}

/** What is drawn belongs to the last result once nothing newer is on its way and nothing is pale. */
async function currentResult(results: ResultStore, chart: ChartExport): Promise<Result> {
  const isWaiting = () =>
    results.isPending() ||
    chart.panels().some(({ element }) => element.closest('[data-stale="true"]') !== null);
  const started = performance.now();
  let waited = false;
  while (isWaiting()) {
    if (performance.now() - started > PATIENCE) {
      throw new BpttError(
        'export-failed',
        '',
        'The picture belongs to an earlier configuration; save it when the new one is computed.',
      );
    }
    waited = true;
    await pause(50);
  }
  if (waited) await pause(SETTLING);
  const result = results.get();
  if (result === null || chart.panels().length === 0) {
    throw new BpttError('export-failed', '', 'There is no picture yet.');
  }
  return result;
}

/**
 * A result keeps the configuration it was computed for. Pins and view are drawn as they are now; of
 * a configuration that was refused, nothing is.
 */
function asShown(drawn: Configuration, present: Configuration): Configuration {
  return sameRun(drawn, present) ? present : { ...drawn, pins: present.pins };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Null where the user's own data do not fit an address; the configuration is in the file all the same. */
function linkTo(services: AppServices, configuration: Result['configuration']): string | null {
  try {
    return services.shareUrl(configuration);
  } catch (error) {
    if (error instanceof BpttError && error.code === 'too-large') return null;
    throw error;
  }
}

async function csvOf(chart: ChartExport, provenance: Provenance): Promise<string[]> {
  const table = chart.wholeData === undefined ? chart.data() : await chart.wholeData();
  if (table === null) throw new BpttError('export-failed', '', 'There are no numbers yet.');
  const { title, description, link, configuration } = textsOf(provenance);
  const parts: string[] = [];
  let rested = performance.now();
  for (const part of csvParts(table, [
    [PROGRAM, title],
    ['description', description],
    ...(link === null ? [] : [['link', link] as const]),
    ['configuration', configuration],
  ])) {
    parts.push(part);
    if (performance.now() - rested < LONGEST_WORK) continue;
    await pause(0);
    rested = performance.now();
  }
  return parts;
}

/** What a browser throws over a canvas or an image is a failure of the export, not of the engine. */
function failureOf(error: unknown): unknown {
  if (error instanceof BpttError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BpttError('export-failed', '', message);
}
