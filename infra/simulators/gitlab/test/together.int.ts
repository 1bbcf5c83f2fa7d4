import { runSpecsBeside } from '@cleanroom/testing';

runSpecsBeside(import.meta.url);
