// npm start: builds the page, serves it and prints its address.
import { build, preview } from 'vite';

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4173) } });
console.log('BPTT Playground is ready. Open it in Chrome or Edge:');
server.printUrls();
