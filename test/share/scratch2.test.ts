import { test } from 'vitest';
import { Inflate, inflateSync, deflateSync, strToU8, strFromU8 } from 'fflate';
import { numbersToJson, numbersFromJson } from '../../src/share/numberText';
import { parseConfiguration } from '../../src/model/configurationRules';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
test('x', () => {
  const a = Array.from({length:262144},(_, i)=>Math.fround(Math.sin(i*i)));
  let t = performance.now(); const lap = (n: string) => { console.log(n, performance.now() - t); t = performance.now(); };
  const j = numbersToJson(a); lap('toJson');
  const u = strToU8(j); lap('u8'); const d = deflateSync(u); lap('deflate');
  const b = Buffer.from(d).toString('base64'); lap('b64');
  const bin = atob(b); lap('atob'); const bytes = new Uint8Array(bin.length); for (let i=0;i<bytes.length;i++) bytes[i]=bin.charCodeAt(i); lap('charCode');
  inflateSync(d, {size: u.length} as never); lap('inflateSync');
  for (const c of [2048, 8192]) { let n=0; const s = new Inflate((p)=>{n+=p.length}); for (let at=0;at<d.length;at+=c) s.push(d.subarray(at,at+c), at+c>=d.length); lap('Inflate '+c); }
  const s = strFromU8(u); lap('str'); const p = JSON.parse(s); lap('parse'); const q = numbersFromJson(p); lap('fround');
  parseConfiguration({...DEFAULT_CONFIGURATION, H:512, arrays:{Wh:q}}); lap('schema');
});
