package io.fourfold.web;

/** Stands for what lies above the system. */
public final class Page {}
