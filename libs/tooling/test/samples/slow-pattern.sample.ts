// at: libs/gitlab/src/client.ts | refused: will cause quadratic runtime
export const a = (text: string): string => text.replace(/\/+$/, '');
