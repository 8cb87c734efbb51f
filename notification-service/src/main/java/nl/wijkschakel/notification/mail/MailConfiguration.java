package nl.wijkschakel.notification.mail;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.rounds.Rounds;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Bean
    Mails mails(MongoDatabase database, Clock clock) {
        return new Mails(database, clock);
    }

    @Bean
    Indexed mailIndexes() {
        return Mails.indexes();
    }

    @Bean
    Addresses addresses(MongoDatabase database, Vault vault, Clock clock) {
        return new Addresses(database, vault, clock);
    }

    @Bean
    Indexed addressIndexes() {
        return Addresses.indexes();
    }

    @Bean
    Mailboxes mailboxes(MongoDatabase database, Vault vault, Clock clock) {
        return new Mailboxes(database, vault, clock);
    }

    @Bean
    Indexed mailboxIndexes() {
        return Mailboxes.indexes();
    }

    @Bean
    WebMvcConfigurer presence(Addresses addresses) {
        var presence = new Presence(addresses);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(presence).addPathPatterns("/v1/**");
            }
        };
    }

    /** Only where a mail server is named: without one nothing is planned that could never go out. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression("'${spring.mail.host:}' != ''")
    static class Sending {

        @Bean
        MailOutlet mailOutlet(Mails mails, Mailboxes mailboxes, Clock clock) {
            return new MailOutlet(mails, mailboxes, clock);
        }

        @Bean
        Postman postman(
                Mails mails,
                Addresses addresses,
                Mailboxes mailboxes,
                Notifications notifications,
                JavaMailSenderImpl server,
                @Value("${mail.from}") String from,
                @Value("${web.address}") URI web,
                MongoDatabase database,
                Clock clock,
                MeterRegistry metrics) {
            return new Postman(
                    mails,
                    addresses,
                    mailboxes,
                    notifications,
                    new Smtp(server, from),
                    web,
                    new Lease(database, "mail", LEASE),
                    clock,
                    metrics);
        }

        @Bean
        Rounds mailRounds(Postman postman, @Value("${mail.period}") Duration period) {
            return new Rounds("mail", period, postman::round);
        }

        @Bean
        MeterBinder mailGauges(Mails mails) {
            return metrics -> {
                TimeGauge.builder(
                                "wijkschakel.mails.oldest",
                                mails,
                                TimeUnit.MILLISECONDS,
                                it -> it.oldest().toMillis())
                        .description("For how long the mail is overdue that waits longest")
                        .register(metrics);
                for (var state :
                        List.of(MailState.WAITING, MailState.UNCERTAIN, MailState.FAILED, MailState.NO_ADDRESS)) {
                    Gauge.builder("wijkschakel.mails", mails, it -> it.count(state))
                            .description("Mails that wait, and those that did not or perhaps not arrive")
                            .tag("state", state.name())
                            .register(metrics);
                }
            };
        }
    }
}
