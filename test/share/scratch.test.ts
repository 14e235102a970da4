import { test } from 'vitest';
import { decode, encode } from '../../src/share/link';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { deflateSync, strToU8 } from 'fflate';
function z(json: string) { return json.length + '.' + Buffer.from(deflateSync(strToU8(json))).toString('base64url'); }
test('x', () => {
  console.log(encode(DEFAULT_CONFIGURATION), decode(encode(DEFAULT_CONFIGURATION)));
  const base = encode(DEFAULT_CONFIGURATION);
  const big = encode({...DEFAULT_CONFIGURATION, H: 512, arrays: {Wh: Array.from({length:262144},(_, i)=>Math.fround(Math.sin(i*i)))}});
  for (let k=0;k<3;k++) { const t0 = performance.now(); const r = decode(big); console.log('big', big.length, performance.now()-t0, r.ok);}
  for (const [n, j] of Object.entries({
    nest: '['.repeat(4e6), nest2: '{"arrays":{"Wh":' + '['.repeat(2e6) + ']'.repeat(2e6) + '}}',
    keys: '{' + Array.from({length: 350000}, (_, i) => `"k${i}":1`).join(',') + '}',
    strs: '{"cut":[' + Array.from({length: 900000}, () => `""`).join(',') + ']}',
    nums: '{"cut":[' + Array.from({length: 2000000}, () => `1`).join(',') + ']}',
    arr: '{"arrays":{"Wh":[' + Array.from({length: 900000}, () => `1.5`).join(',') + ']}}',
    keys2: '{"arrays":{' + Array.from({length: 350000}, (_, i) => `"k${i}":1`).join(',') + '}}',
    ed: '{"edit":{"Wh":{"at":[' + Array.from({length: 900000}, () => `1`).join(',') + '],"to":[' + Array.from({length: 900000}, () => `1`).join(',') + ']}}}',
  })) {
    const l = base + '&z=' + z(j); const t = performance.now(); const d = decode(l);
    console.log(n, l.length, performance.now() - t, d.ok ? 'ok' : d.problems.slice(0,2));
  }
  for (const l of ['&'.repeat(2e6), 'v=1&edit=' + 'Wh.1:1,'.repeat(3e5), 'v=1&z=9.' + 'A'.repeat(2e6), 'v=1&T=' + '1'.repeat(2e6), '%'.repeat(2e6), 'v=1&' + '%E4%B8%AD'.repeat(2e5), 'a'.repeat(2e6), 'v=1&z=4000000.' + Buffer.from(Array.from({length:1500000},(_, i)=>(i*i*7919>>3)&255)).toString('base64url')]) {
    const t = performance.now(); const d = decode(l); console.log(l.slice(0,12), performance.now()-t, d.ok ? 'ok' : d.problems.slice(0,2));
  }
});
