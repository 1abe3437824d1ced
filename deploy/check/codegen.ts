import { spawnSync } from 'node:child_process'

process.exitCode =
  spawnSync('graphql-codegen', ['--config', 'codegen.ts'], { stdio: 'inherit' }).status ?? 1
