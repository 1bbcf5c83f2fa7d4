/** Tags as GitLab keeps them, of runners and of jobs: without blanks around them, and each once. */
export const plainTags = (tags: readonly string[]): string[] => [...new Set(tags.map((tag) => tag.trim()))];
