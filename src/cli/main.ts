#!/usr/bin/env node
console.log('tardigrade');
