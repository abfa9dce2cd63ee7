/** Pages without a server of their own: the tag leads to a collector elsewhere. */
import type { Project } from './project.js';
import { beforeLine, type Steps } from './steps.js';

export function pages(project: Project, site: string, collector: string): Steps {
  const path = project.first('index.html', 'src/index.html', 'public/index.html') ?? 'index.html';
  return {
    create: [],
    insert: [
      {
        path,
        lines: `<script async src="${collector}/liveinsight.js" data-site="${site}"></script>`,
        place: beforeLine('</head>'),
        mark: '/liveinsight.js',
      },
    ],
    left: [
      `Start a collector: npx liveinsight dev. For production, put the address of yours in place of ${collector}.`,
    ],
    packages: [],
  };
}
