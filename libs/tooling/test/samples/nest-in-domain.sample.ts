// at: services/provisioning/src/domain/runner.ts | refused: The domain imports the kernel
import { Injectable } from '@nestjs/common';
export const a = Injectable;
