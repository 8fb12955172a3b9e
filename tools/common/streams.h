/* SPDX-License-Identifier: MIT */
/**
 * @file streams.h
 * A program that was started without standard input, output or error.
 */
#ifndef STEMMA_TOOLS_STREAMS_H
#define STEMMA_TOOLS_STREAMS_H

/** The system gives the first files that a program opens the numbers of those that are closed: what it meant for
 *  standard error would be written into a knowledge base, and a file read for standard input. Takes those
 *  numbers up, so that to read or write there fails as before. Call it first of all in main(). */
void stm_guard_streams(void);

#endif
