import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './adapters/queries.js';
import { loadSettings } from './adapters/settings.js';
import { router } from './router.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/fleet.css';
import './styles/page.css';
import './styles/form.css';
import './styles/jobs.css';
import './styles/cost.css';
import './styles/schedules.css';
import './styles/set-up.css';

const element = document.getElementById('console');
if (!element) throw new Error('index.html has no place for the console');

await loadSettings().catch(() => undefined);
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
