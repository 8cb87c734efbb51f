package nl.wijkschakel.referral.colleague;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.wijkschakel.kit.caller.Gate;
import nl.wijkschakel.kit.mongo.Indexed;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class ColleagueConfiguration {

    @Bean
    Indexed colleagueIndexes() {
        return Colleagues.indexes();
    }

    @Bean
    WebMvcConfigurer visits(Colleagues colleagues) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new Visits(colleagues)).addPathPatterns("/v1/**");
            }
        };
    }

    /** After the answer, and not where the service is in trouble anyway. */
    private record Visits(Colleagues colleagues) implements HandlerInterceptor {

        @Override
        public void afterCompletion(
                HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
            if (response.getStatus() < HttpStatus.INTERNAL_SERVER_ERROR.value()) {
                Gate.callerOf(request).ifPresent(colleagues::met);
            }
        }
    }
}
