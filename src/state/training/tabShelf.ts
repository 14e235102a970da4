import type { Shelf } from './archive';

const DATABASE = 'bptt.training';
const STORE = 'tabs';
const TAB_KEY = 'bptt.tab';
/** Entries of tabs that were closed go after this long, milliseconds. */
const LONGEST_KEPT = 7 * 24 * 3600 * 1000;

/** The parts of a window that are used. */
export interface ShelfPage {
  readonly indexedDB: IDBFactory;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly crypto: Pick<Crypto, 'getRandomValues'>;
}

/**
 * One entry of IndexedDB, named by a number that lives as long as the tab. A duplicated tab has the
 * same number at first: it reads the entry once and then writes under a number of its own.
 */
function tabShelf(page: ShelfPage): Shelf {
  const before = page.sessionStorage.getItem(TAB_KEY);
  const [word] = page.crypto.getRandomValues(new Uint32Array(1));
  const own = `${Date.now()}-${word}`;
  page.sessionStorage.setItem(TAB_KEY, own);
  const database = open(page.indexedDB);
  database.catch(() => undefined); // whoever reads or writes is told

  return {
    async read() {
      const db = await database;
      await dropOld(db);
      if (before === null) return null;
      const value: unknown = await answered(db.transaction(STORE).objectStore(STORE).get(before));
      return value ?? null;
    },
    async write(trainings) {
      const db = await database;
      await answered(db.transaction(STORE, 'readwrite').objectStore(STORE).put(trainings, own));
    },
  };
}

/** Null where the page may not store anything. */
export function tabShelfOf(page: ShelfPage): Shelf | null {
  try {
    return tabShelf(page);
  } catch {
    return null;
  }
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answered(request);
}

async function dropOld(db: IDBDatabase): Promise<void> {
  const store = db.transaction(STORE, 'readwrite').objectStore(STORE);
  const keys = await answered(store.getAllKeys());
  for (const key of keys) {
    const born = Number(String(key).split('-')[0]);
    if (!(Date.now() - born < LONGEST_KEPT)) store.delete(key);
  }
}

function answered<V>(request: IDBRequest<V>): Promise<V> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
  });
}
