@org.jspecify.annotations.NullMarked
package nl.wijkschakel.referral.absence;
