"""Demo municipality San Jacinto del Valle: plain data under datos/ and a pure generator of cases."""
