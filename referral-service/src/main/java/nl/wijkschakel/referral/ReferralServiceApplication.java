package nl.wijkschakel.referral;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Referrals, their attempts and the directory. It never holds a name, a BSN or an address. */
@SpringBootApplication
@EnableScheduling
class ReferralServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(ReferralServiceApplication.class, args);
    }
}
