import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` has the gateway, for `vite dev` before it. */
const GATEWAY = 'http://127.0.0.1:4000';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2023',
    // The policy of the gateway lets nothing inline in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/graphql': { target: GATEWAY, ws: true },
      '/auth': GATEWAY,
      '/console/config.json': GATEWAY,
    },
  },
});
