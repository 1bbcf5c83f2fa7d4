import { createContext } from 'react';
import type { Refusal } from '../domain/refusal.js';

/** Why what a form asks for was refused: each field shows what is about it. */
export const RefusalsContext = createContext<readonly Refusal[]>([]);
