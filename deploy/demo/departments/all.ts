import { beauty } from './beauty.ts'
import { clothing } from './clothing.ts'
import { electronics } from './electronics.ts'
import { groceries } from './groceries.ts'
import { home } from './home.ts'
import { kitchen } from './kitchen.ts'
import { shoes } from './shoes.ts'
import type { Department, Leaf } from './spec.ts'
import { sports } from './sports.ts'
import { toys } from './toys.ts'

export const departments: readonly Department[] = [
  clothing,
  shoes,
  home,
  kitchen,
  electronics,
  sports,
  toys,
  groceries,
  beauty,
]

export interface Place {
  readonly department: Department
  readonly departmentIndex: number
  readonly group: string
  readonly leaf: Leaf
  readonly leafIndex: number
}

/** Every leaf of the tree, with the way to it. */
export const places: readonly Place[] = departments
  .flatMap((department, departmentIndex) =>
    Object.entries(department.groups).flatMap(([group, leaves]) =>
      leaves.map((leaf) => ({ department, departmentIndex, group, leaf })),
    ),
  )
  .map((place, leafIndex) => ({ ...place, leafIndex }))
