/** What the national register of persons says, asked when somebody needs it and never kept beside the record (STANDARDS §4). */
@NullMarked
package nl.wijkschakel.client.brp;

import org.jspecify.annotations.NullMarked;
