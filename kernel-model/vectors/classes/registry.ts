import type { VectorClass } from "../class.ts";
import { SINGLE } from "./single.ts";

/** Every class, in the order in which equal programs keep the first one's id. */
export const VECTOR_CLASSES: readonly VectorClass[] = [SINGLE];
