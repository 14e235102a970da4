// Who may import whom (docs/architecture.md). Every rule is an error.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('model-imports-nothing', '^src/model/', '^src/model/', 'the model stands alone'),
    only('tasks', '^src/tasks/', '^src/(tasks|model)/', 'tasks know the model only'),
    only('reference', '^src/reference/', '^src/(reference|model)/', 'the oracle is independent'),
    only('analysis', '^src/analysis/', '^src/(analysis|model)/|^src/engine/interface', 'pure'),
    only('share', '^src/share/', '^src/(share|model)/', 'the link format knows the model only'),
    only('i18n', '^src/i18n/', '^src/(i18n|model)/', 'texts know the model only'),
    only(
      'gpu-never-sees-the-oracle',
      '^src/engine/gpu/',
      '^src/engine/(gpu/|interface)|^src/model/|^src/analysis/displayReduction',
      'independence makes the comparison evidence',
    ),
    only(
      'engine',
      '^src/engine/(?!worker/worker\\.ts)',
      '^src/(engine|model|reference|analysis)/',
      'a library without a DOM',
    ),
    only(
      'engine-worker',
      '^src/engine/worker/worker\\.ts',
      '^src/(engine|model|reference|analysis)/|^src/tasks/freshBatches',
      'where the engine is wired: fresh data of a training are made beside it',
    ),
    only(
      'state',
      '^src/state/',
      '^src/(state|model|tasks|analysis|share|i18n)/|^src/engine/(interface|client)',
      'state never sees engine internals',
    ),
    {
      name: 'ui-never-sees-engine-internals',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/interface' },
    },
    {
      name: 'recharts-only-in-charts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/charts/' },
      to: { path: 'node_modules/recharts' },
    },
    {
      name: 'no-react-outside-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|main\\.tsx)' },
      to: { path: 'node_modules/(react|react-dom|@base-ui)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
